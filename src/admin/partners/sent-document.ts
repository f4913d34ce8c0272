import { isObject } from '#domain/partners/body/json-value';
import { type Draft } from '#domain/partners/partner-drafts';
import { type PartnerContent, type PartnerJson } from '#domain/partners/stored-partner';
import { invalidPayload } from '#platform/http/validation';

/** The body of a request as a document; whether it keeps the rules of the grammar is asked later. */
export function sentDocument(body: unknown): PartnerJson {
  if (isObject(body)) return body;
  throw invalidPayload([{ path: '', message: 'must be a JSON object' }]);
}

/** Shown and never set: what was read may be changed and sent back as a whole. */
const READ_ONLY: ReadonlySet<string> = new Set(['fault', 'paused', 'revision', 'createdAt', 'updatedAt']);

export const readBack = (body: unknown): PartnerJson =>
  Object.fromEntries(Object.entries(sentDocument(body)).filter(([name]) => !READ_ONLY.has(name)));

export function accepted(draft: Draft): { readonly id: string; readonly content: PartnerContent } {
  if (draft.ok) return draft;
  throw invalidPayload(draft.faults);
}
