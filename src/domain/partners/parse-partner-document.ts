import { isObject, type JsonObject } from './body/json-value';
import { documentValidators } from './document/document-validator';
import { type Fault, faultAt } from './document/fault';
import { mergePatch } from './document/merge-patch';
import { type PartnerDocument } from './document/partner-document';
import { schemaFaults } from './document/schema-faults';
import { faultsOfSecrets } from './document/secret-faults';
import { DOCUMENT_RULES } from './document-rules/document-rules';

/** Documents that others may be laid over. */
export interface Presets {
  get(name: string): PartnerDocument | undefined;
  names(): readonly string[];
}

export type ParsedDocument =
  | { readonly ok: true; readonly document: PartnerDocument }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const refuse = (...faults: readonly Fault[]): ParsedDocument => ({ ok: false, faults });

/** The document with its preset beneath it; `undefined` where there is no such preset. */
function resolve({ preset, ...own }: JsonObject, presets: Presets): JsonObject | undefined {
  if (preset === undefined) return own;
  const base = typeof preset === 'string' ? presets.get(preset) : undefined;
  const merged = base === undefined ? undefined : mergePatch(base, own);
  return isObject(merged) ? merged : undefined;
}

const unknownPreset = (presets: Presets): Fault =>
  faultAt('/preset', `must be one of ${presets.names().join(', ')}`);

function ruleFaults(document: JsonObject): readonly Fault[] {
  const faults: Fault[] = [];
  for (const rule of DOCUMENT_RULES) rule(document, (path, expected) => faults.push(faultAt(path, expected)));
  return faults;
}

function secretFaultsOf({ signature, secrets }: JsonObject): readonly Fault[] {
  const validators = documentValidators();
  if (secrets === undefined) return [];
  return validators.signature(signature) && validators.secrets(secrets)
    ? faultsOfSecrets({ signature }, secrets)
    : [];
}

/**
 * Checks a document as a whole, laid over its preset, and gives it resolved. All faults are reported at once;
 * their paths point into the resolved document.
 */
export function parsePartnerDocument(input: unknown, presets: Presets): ParsedDocument {
  if (!isObject(input)) return refuse(faultAt('', 'must be an object'));
  const document = resolve(input, presets);
  if (document === undefined) return refuse(unknownPreset(presets));
  const validate = documentValidators().document;
  const isShaped = validate(document);
  const shape = isShaped ? [] : schemaFaults(validate.errors);
  const faults = [...shape, ...ruleFaults(document), ...secretFaultsOf(document)];
  return isShaped && faults.length === 0 ? { ok: true, document } : refuse(...faults);
}
