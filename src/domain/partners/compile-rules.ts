import { type EventRules, type MappingInput, type MappingResult } from './compiled-partner';
import { type PartnerDocument } from './document/partner-document';
import { MappingError } from './mapping-error';
import { compileBodyReader } from './rules/body-reader';
import { compileDedupeKey } from './rules/dedupe-key';
import { keptNamesOf } from './rules/kept-names';
import { scopeOf } from './rules/kept-text';
import { compilePriority } from './rules/priority';
import { Versions } from './rules/versions';

/** The last net: a body must never be able to break the worker that reads it. */
async function onlyMappingErrors(map: () => Promise<MappingResult>): Promise<MappingResult> {
  try {
    return await map();
  } catch (error) {
    if (error instanceof MappingError) throw error;
    throw new MappingError('MAPPING_FAILED', 'the mapping broke on this body', [], { cause: error });
  }
}

/** How a partner's bodies are read. Useful without its signature: the canonical route has the rules of `standard`. */
export function compileRules(document: PartnerDocument): EventRules {
  const parse = compileBodyReader(document.body ?? {});
  const versions = new Versions(document);
  const names = keptNamesOf(document);
  const mapOrThrow = async (input: MappingInput): Promise<MappingResult> => {
    const mapping = versions.mappingFor(input.schemaVersion);
    const parsed = parse(input.body, input.contentType);
    if (parsed.ok) return await mapping.map(scopeOf(input, parsed), input);
    throw new MappingError('UNPARSABLE_BODY', parsed.message, [
      { code: 'unparsable_body', ...(parsed.path !== undefined && { value: parsed.path }) },
    ]);
  };
  return {
    keptHeaders: names.headers,
    keptQuery: names.query,
    parse,
    dedupeKey: compileDedupeKey(document.dedupe),
    schemaVersion: (kept, parsed) => versions.versionOf(kept, parsed),
    priority: compilePriority(document.priority ?? {}, versions),
    map: (input) => onlyMappingErrors(() => mapOrThrow(input)),
  };
}
