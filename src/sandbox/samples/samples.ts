import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { shippedConfig } from '#domain/partners/shipped-config';

interface IndexEntry {
  readonly file: string;
  /** Whose it is: the name of the partner in the demonstration. */
  readonly partner: string;
  readonly sha256: string;
  readonly trackingNumber: string;
  /** What the gateway has to make of the newest scan. */
  readonly status: string;
  readonly occurredAt: string;
  /** How many shipment events the body holds. */
  readonly scans: number;
}

/** A body that a courier published. */
export interface Sample extends IndexEntry {
  /** The bytes that the courier would send: a last line feed is the file's own. */
  readonly body: Buffer;
}

const TEXT = { type: 'string' };
const entryProperties = {
  file: TEXT,
  partner: TEXT,
  sha256: TEXT,
  trackingNumber: TEXT,
  status: TEXT,
  occurredAt: TEXT,
  scans: { type: 'integer' },
};
const entry = { type: 'object', properties: entryProperties, required: Object.keys(entryProperties) };
const isIndex = new Ajv().compile<{ readonly samples: readonly IndexEntry[] }>({
  type: 'object',
  properties: { samples: { type: 'array', items: entry } },
  required: ['samples'],
});

/** The bodies of `config/samples`, whose index also names their sources. */
export class Samples {
  private constructor(readonly all: readonly Sample[]) {}

  static read(): Samples {
    const file = shippedConfig('samples', 'index.json');
    const index: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isIndex(index)) return new Samples(index.samples.map((one) => ({ ...one, body: bodyOf(one.file) })));
    const [fault] = isIndex.errors ?? [];
    throw new Error(`${file}${fault?.instancePath ?? ''} ${fault?.message ?? 'is not as expected'}`);
  }

  take(file: string): Sample {
    const sample = this.all.find((one) => one.file === file);
    if (sample === undefined) throw new Error(`config/samples/index.json names no ${file}: add it there`);
    return sample;
  }
}

const LINE_FEED = 0x0a;

function bodyOf(file: string): Buffer {
  const bytes = readFileSync(shippedConfig('samples', file));
  return bytes.at(-1) === LINE_FEED ? bytes.subarray(0, -1) : bytes;
}

/** The document of a courier for which there is no preset. */
export function readPartnerDocument(name: string): object {
  const file = shippedConfig('samples', 'partners', `${name}.json`);
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof document === 'object' && document !== null) return document;
  throw new Error(`${file} must hold a partner document`);
}
