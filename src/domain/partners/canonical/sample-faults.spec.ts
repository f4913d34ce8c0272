import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalVersions } from '../canonical-event';
import { isObject, type JsonObject } from '../body/json-value';
import { CanonicalVersions } from './canonical-versions';
import { sampleFaults } from './sample-faults';
import { readSchemas, SHIPPED_SCHEMAS } from './shipped-schemas';
import { anEvent, fromOne, fromTwo, threeVersions } from './testing/made-up-versions';

const SAMPLES = join(SHIPPED_SCHEMAS, 'samples');

/** Version 1 with something else in one of its members. */
function changed(name: string, member: JsonObject): CanonicalVersions {
  const schema = readSchemas(SHIPPED_SCHEMAS).get(1) ?? {};
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return new CanonicalVersions(
    new Map([[1, { ...schema, properties: { ...properties, [name]: member } }]]),
    [],
  );
}

describe('the samples of the canonical event', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'samples-'));
    cpSync(SAMPLES, directory, { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('should be what the shipped schemas say of them', () => {
    expect(sampleFaults(canonicalVersions(), SAMPLES)).toEqual([]);
    expect(readdirSync(join(SAMPLES, 'canonical-event-1', 'invalid')).length).toBeGreaterThan(10);
  });

  it('should tell of a schema that does not take any more what it took, by sample and path', () => {
    const faults = sampleFaults(changed('occurredAt', { type: 'string', pattern: 'Z$' }), SAMPLES);
    const file = join(SAMPLES, 'canonical-event-1', 'time-with-offset.json');
    expect(faults).toEqual([`${file}: /occurredAt: occurredAt must match Z$`]);
  });

  it('should tell of a schema that takes what it refused', () => {
    const faults = sampleFaults(changed('idempotencyKey', { type: 'string' }), SAMPLES);
    const file = join(SAMPLES, 'canonical-event-1', 'invalid', 'blank-idempotency-key.json');
    expect(faults).toEqual([`${file}: must be refused, and is not`]);
  });

  it('should tell of a version without samples, and of one that cannot be lifted any more', () => {
    const lossy = { ...fromOne, lift: (event: JsonObject) => ({ ...fromOne.lift(event), at: '' }) };
    const versions = new CanonicalVersions(threeVersions(), [lossy, fromTwo]);
    rmSync(join(directory, 'canonical-event-1'), { recursive: true });
    cpSync(
      join(SAMPLES, 'canonical-event-1', 'smallest.json'),
      join(directory, 'canonical-event-1', 'a.json'),
    );
    const file = join(directory, 'canonical-event-1', 'a.json');
    expect(sampleFaults(versions, directory)).toEqual([
      `${file}: the event could not be lifted from version 1 to version 2: /at: at must not be empty`,
      `${join(directory, 'canonical-event-2')}: there must be samples of version 2`,
      `${join(directory, 'canonical-event-3')}: there must be samples of version 3`,
    ]);
  });

  it('should tell of samples whose version is gone', () => {
    cpSync(join(directory, 'canonical-event-1'), join(directory, 'canonical-event-2'), { recursive: true });
    expect(sampleFaults(canonicalVersions(), directory)).toEqual([
      `${join(directory, 'canonical-event-2')}: there is no such version`,
    ]);
  });

  it('should name a sample that is no JSON', () => {
    const file = join(directory, 'canonical-event-1', 'cut.json');
    writeFileSync(file, JSON.stringify(anEvent()).slice(1));
    expect(() => sampleFaults(canonicalVersions(), directory)).toThrow(`${file}: the body must be JSON`);
  });
});
