import { type KeptRequest, type ParsedBody } from '../compiled-partner';
import { type PartnerDocument } from '../document/partner-document';
import { Mapping } from '../mapping/mapping';
import { MappingError } from '../mapping-error';
import { compileKeptText, scopeOf } from './kept-text';

/** Which version of its format a body is in, and how each version is mapped. */
export class Versions {
  private readonly read: (kept: KeptRequest, parsed: ParsedBody) => string;
  private readonly accepted: ReadonlySet<string> | undefined;
  private readonly single: Mapping | undefined;
  private readonly byVersion: ReadonlyMap<string, Mapping>;

  constructor({ schemaVersion = {}, mapping, mappings = {} }: PartnerDocument) {
    const { from, default: usual = '1', accept } = schemaVersion;
    const find = from === undefined ? () => undefined : compileKeptText(from);
    this.read = (kept, parsed) => find(scopeOf(kept, parsed)) ?? usual;
    this.single = mapping && new Mapping(mapping);
    this.byVersion = new Map(Object.entries(mappings).map(([version, spec]) => [version, new Mapping(spec)]));
    if (accept !== undefined) this.accepted = new Set(accept);
    else if (from !== undefined && mapping !== undefined) this.accepted = new Set([usual]);
  }

  versionOf(kept: KeptRequest, parsed: ParsedBody): string {
    return this.read(kept, parsed);
  }

  /** Every mapping with the versions that it is for; `undefined`: all. */
  all(): readonly Mapping[] {
    return this.single === undefined ? [...this.byVersion.values()] : [this.single];
  }

  find(version: string): Mapping | undefined {
    if (this.accepted !== undefined && !this.accepted.has(version)) return undefined;
    return this.single ?? this.byVersion.get(version);
  }

  /** Throws `MappingError` for a version that nobody described. */
  mappingFor(version: string): Mapping {
    const mapping = this.find(version);
    if (mapping !== undefined) return mapping;
    if (this.all().length === 0) {
      throw new MappingError('MAPPING_FAILED', 'the partner has no mapping; give it one and replay');
    }
    throw new MappingError(
      'UNSUPPORTED_SCHEMA_VERSION',
      `version "${version.slice(0, 100)}" has no mapping; add it to schemaVersion.accept and mappings, and replay`,
    );
  }
}
