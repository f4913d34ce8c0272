import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { type Fault } from './document/fault';
import { type PartnerDocument } from './document/partner-document';
import { parsePartnerDocument, type Presets } from './parse-partner-document';
import { shippedConfig } from './shipped-config';

const EXTENSION = '.yaml';
const NO_PRESETS: Presets = { get: () => undefined, names: () => [] };

const describe = (file: string, faults: readonly Fault[]): string =>
  [`Preset ${file} is faulty:`, ...faults.map(({ path, message }) => `  ${path || '/'}: ${message}`)].join(
    '\n',
  );

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`Preset ${file} is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readPreset(file: string): PartnerDocument {
  const parsed = parsePartnerDocument(readYaml(file), NO_PRESETS);
  if (!parsed.ok) throw new Error(describe(file, parsed.faults));
  const { document } = parsed;
  const name = basename(file, EXTENSION);
  const faults: Fault[] = [];
  if (document.id !== name)
    faults.push({ path: '/id', message: `id must be "${name}", as the file is named` });
  if (document.secrets !== undefined)
    faults.push({ path: '/secrets', message: 'a preset must not hold secrets' });
  if (faults.length > 0) throw new Error(describe(file, faults));
  return document;
}

/** The documents that partners may be laid over. */
export class PresetLibrary implements Presets {
  constructor(private readonly presets: ReadonlyMap<string, PartnerDocument>) {}

  /** Reads every `*.yaml` of the directory. Throws where one is faulty, and names it. */
  static load(directory = shippedConfig('presets')): PresetLibrary {
    const files = readdirSync(directory)
      .filter((file) => file.endsWith(EXTENSION))
      .sort();
    return new PresetLibrary(
      new Map(files.map((file) => [basename(file, EXTENSION), readPreset(join(directory, file))])),
    );
  }

  get(name: string): PartnerDocument | undefined {
    return this.presets.get(name);
  }

  names(): readonly string[] {
    return [...this.presets.keys()];
  }
}
