import { isObject } from '#domain/partners/body/json-value';
import { type Draft } from '#domain/partners/partner-drafts';
import { documentOfShown, type PartnerContent, type PartnerJson } from '#domain/partners/stored-partner';
import { invalidPayload } from '#platform/http/validation';

/** The body of a request as a document; whether it keeps the rules of the grammar is asked later. */
export function sentDocument(body: unknown): PartnerJson {
  if (isObject(body)) return body;
  throw invalidPayload([{ path: '', message: 'must be a JSON object' }]);
}

/** The same of a body that may be what was read before, changed and sent back as a whole. */
export const readBack = (body: unknown): PartnerJson => documentOfShown(sentDocument(body));

export function accepted(draft: Draft): { readonly id: string; readonly content: PartnerContent } {
  if (draft.ok) return draft;
  throw invalidPayload(draft.faults);
}
