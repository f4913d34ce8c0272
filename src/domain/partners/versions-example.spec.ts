import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isObject, type JsonObject } from './body/json-value';
import { dryRun, type DryRunResult } from './dry-run/dry-run';
import { parseDryRunRequest } from './dry-run/dry-run-request';
import { offlinePartner } from './dry-run/offline-partner';
import { PresetLibrary } from './preset-library';

const DOCS = join(__dirname, '../../../docs');
const textOf = (name: string): string => readFileSync(join(DOCS, name), 'utf8');

function objectIn(yaml: string): JsonObject {
  const value: unknown = parse(yaml);
  if (isObject(value)) return value;
  throw new Error('expected an object');
}

const DOCUMENT = objectIn(textOf('examples/harbourline.yaml'));
const offline = offlinePartner(DOCUMENT, {
  presets: PresetLibrary.load(),
  resolveReference: () => undefined,
  defaultToleranceSeconds: 60,
  defaultBodyBytes: 262_144,
});

/** What the gateway makes of a captured request, as it is or with members of its body changed. */
async function tried(name: string, change?: object): Promise<DryRunResult> {
  if (!offline.ok)
    throw new Error(offline.faults.map(({ path, message }) => `${path}: ${message}`).join('; '));
  const parsed = parseDryRunRequest(JSON.parse(textOf(`examples/${name}`)));
  if (!parsed.ok) throw new Error(`${name} is no captured request`);
  const { body = '', ...request } = parsed.request;
  const sent = change === undefined ? body : JSON.stringify({ ...objectIn(body), ...change });
  return dryRun(offline.partner, { ...request, body: sent });
}

describe('the example of two versions side by side in docs/partners.md', () => {
  it('should read the old version by its own mapping, which nobody has to name', async () => {
    expect(await tried('harbourline-1.json')).toMatchObject({
      signature: { valid: true },
      schemaVersion: '1',
      dedupeKey: 'S-4711',
      problems: [],
      unmapped: [],
      events: [
        {
          trackingNumber: 'HL900100',
          status: 'in_transit',
          occurredAt: new Date('2026-09-01T12:10:00Z'),
          location: 'Rotterdam',
        },
      ],
    });
  });

  it('should read the new version by its own', async () => {
    const at = new Date('2026-09-03T07:45:00Z');
    expect(await tried('harbourline-2.json')).toMatchObject({
      signature: { valid: true },
      schemaVersion: '2',
      dedupeKey: 'M-88',
      problems: [],
      unmapped: [],
      events: [
        { trackingNumber: 'HL900100', status: 'delivered', occurredAt: at, location: 'Felixstowe' },
        { trackingNumber: 'HL900200', status: 'picked_up', occurredAt: at },
      ],
    });
  });

  it('should keep one happening once that is told in both', async () => {
    const [old] = (await tried('harbourline-1.json')).events;
    const parcels = [{ scanId: 'S-4711', trackingNumber: 'HL900100', milestone: 'on_board' }];
    const [same] = (await tried('harbourline-2.json', { parcels })).events;
    expect(same?.eventKey).toBe(old?.eventKey);
  });

  it('should keep a version that nobody described for later, as a dead letter', async () => {
    const { schemaVersion, events, problems } = await tried('harbourline-2.json', { formatVersion: 3 });
    expect([schemaVersion, events]).toEqual(['3', []]);
    expect(problems).toMatchObject([{ code: 'UNSUPPORTED_SCHEMA_VERSION' }]);
  });

  it('should stand in the page as it is in the file', () => {
    const shown = /```yaml\n(schemaVersion:[^`]+)```/.exec(textOf('partners.md'))?.[1];
    expect(shown).toBeDefined();
    expect(DOCUMENT).toMatchObject(objectIn(shown ?? ''));
  });
});
