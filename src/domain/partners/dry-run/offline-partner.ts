import { isList, isObject } from '../body/json-value';
import { compilePartner } from '../compile-partner';
import { type CompiledPartner } from '../compiled-partner';
import { type Fault, faultAt } from '../document/fault';
import { isSecretReference } from '../document/secret-faults';
import { parsePartnerDocument, type Presets } from '../parse-partner-document';
import { type ResolveReference } from '../partner-secrets';
import { factsOf } from '../secret-list';
import { type KeySets } from '../signature/key-sets';
import { type PartnerJson } from '../stored-partner';

export interface OfflineSettings {
  readonly presets: Presets;
  readonly resolveReference: ResolveReference;
  readonly defaultToleranceSeconds: number;
  readonly defaultBodyBytes: number;
  /** Where keys are read from that senders publish; without it such signatures have no verdict. */
  readonly keySets?: KeySets;
}

export type OfflinePartner =
  | { readonly ok: true; readonly partner: CompiledPartner }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const outOfReach = (reference: string, index: number): Fault =>
  faultAt(`/secrets/${index}/value`, `is ${reference}, and there is nothing here: set it first`);

/** A partner straight from its document, secrets with their values included: for a dry run without a server. */
export function offlinePartner(document: PartnerJson, settings: OfflineSettings): OfflinePartner {
  const faults: Fault[] = [];
  const resolved = (secret: unknown, index: number): unknown => {
    const value = isObject(secret) ? secret['value'] : undefined;
    if (!isObject(secret) || typeof value !== 'string' || !isSecretReference(value)) return secret;
    const text = settings.resolveReference(value);
    if (text === undefined) faults.push(outOfReach(value, index));
    return text === undefined ? secret : { ...secret, value: text };
  };
  const { secrets: list } = document;
  const secrets = isList(list) ? list.map(resolved) : list;
  const complete = { ...document, ...(secrets !== undefined && { secrets }) };
  const parsed = parsePartnerDocument(complete, settings.presets);
  if (!parsed.ok) return { ok: false, faults: [...faults, ...parsed.faults] };
  if (faults.length > 0) return { ok: false, faults };
  const now = new Date();
  const specs = parsed.document.secrets ?? [];
  const partner = compilePartner(parsed.document, {
    ...settings,
    revision: 0,
    secrets: specs.map((spec) => ({ ...factsOf(spec, undefined, now), value: spec.value })),
  });
  return { ok: true, partner };
}
