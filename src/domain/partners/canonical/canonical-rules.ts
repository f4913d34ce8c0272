import { compileRules } from '../compile-rules';
import { type EventRules, type MappingInput } from '../compiled-partner';
import { type PartnerDocument } from '../document/partner-document';
import { Versions } from '../rules/versions';
import { type CanonicalVersions } from './canonical-versions';

/** Gives what the mapping reads for an event that was not sent in the newest version. The journal keeps what was sent. */
function asNewest(input: MappingInput, rules: EventRules, versions: CanonicalVersions): MappingInput {
  const parsed = rules.parse(input.body, input.contentType);
  // What cannot be read, or is of an unknown version, is refused by the mapping in its own words.
  if (!parsed.ok) return input;
  // By the body, for it may be one that a person edited.
  const schemaVersion = rules.schemaVersion(input, parsed);
  if (!versions.names.includes(schemaVersion)) return { ...input, schemaVersion };
  const body = Buffer.from(JSON.stringify(versions.lift(schemaVersion, parsed.value)));
  return { ...input, body, schemaVersion: versions.newest };
}

/**
 * The rules of the preset that describes the newest version, for events of every version. Throws where the preset does
 * not read the newest one.
 */
export function compileCanonicalRules(preset: PartnerDocument, versions: CanonicalVersions): EventRules {
  const { newest } = versions;
  if (new Versions(preset).find(newest) === undefined) {
    throw new Error(`preset "${preset.id}" must read version ${newest} of the canonical event`);
  }
  const rules = compileRules(preset);
  const lifted = async (input: MappingInput) => rules.map(asNewest(input, rules, versions));
  return {
    ...rules,
    map: (input) => (input.schemaVersion === newest ? rules.map(input) : lifted(input)),
  };
}
