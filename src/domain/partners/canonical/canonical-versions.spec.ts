import { MappingError } from '../mapping-error';
import { CanonicalVersions } from './canonical-versions';
import { type Schemas } from './chain-faults';
import { anEvent, aSchema, fromOne, fromTwo, threeVersions } from './testing/made-up-versions';
import { type Upcaster } from './upcaster';

const schemas = threeVersions();
const without = (version: number): Schemas => new Map([...schemas].filter(([known]) => known !== version));
const versions = new CanonicalVersions(schemas, [fromTwo, fromOne]);

const failureOf = (lift: () => unknown): MappingError => {
  try {
    lift();
  } catch (error) {
    if (error instanceof MappingError) return error;
  }
  throw new Error('expected a MappingError');
};

describe('the versions of the canonical event', () => {
  it('should be known from the oldest to the newest', () => {
    expect([versions.names, versions.newest]).toEqual([['1', '2', '3'], '3']);
  });

  it('should each be held against the schema that the event names, and version 1 where it names none', () => {
    const two = { schemaVersion: '2', idempotencyKey: 'k', shipment: 'S', state: 'lost', at: 'now' };
    expect(
      [anEvent(), { ...anEvent(), schemaVersion: '1' }, two].flatMap((one) => versions.problems(one)),
    ).toEqual([]);
    expect(versions.problems({ ...two, state: '' })).toEqual([
      { path: '/state', message: 'state must not be empty' },
    ]);
    expect(versions.problems({ ...two, schemaVersion: 2 })).toEqual([
      { path: '/schemaVersion', message: 'schemaVersion must be "2"' },
    ]);
    expect(versions.problemsIn('9', two)).toEqual([
      { path: '/schemaVersion', message: 'schemaVersion must be one of 1, 2, 3' },
    ]);
  });

  it('should be lifted step by step to the newest, and leave the event that was given as it was', () => {
    const event = { ...anEvent(), further: [1] };
    const kept = structuredClone(event);
    expect(versions.lift('1', event)).toEqual({
      schemaVersion: '3',
      eventId: 'e-1',
      eventType: 'shipment.status_changed',
      source: 'shop',
      idempotencyKey: 'key-1',
      parcel: 'SHP-1',
      status: 'in_transit',
      at: '2026-03-01T10:00:00.000Z',
      further: [1],
    });
    expect(event).toEqual(kept);
    const newest = { schemaVersion: '3', idempotencyKey: 'k', parcel: 'P', status: 'lost', at: 'now' };
    expect(versions.lift('3', newest)).toBe(newest);
  });

  it('should refuse to lift what is no event of its version, before any step sees it', () => {
    const { code, message } = failureOf(() => versions.lift('1', anEvent({ status: 'lost' })));
    expect(code).toBe('MAPPING_FAILED');
    expect(message).toMatch(/^this is no event of version 1: \/payload\/status: status must be one of/);
  });

  it.each<[string, Upcaster, RegExp]>([
    [
      'makes something else than the next version',
      { from: 2, lift: (event) => ({ ...fromTwo.lift(event), parcel: 7 }) },
      /^the event could not be lifted from version 2 to version 3: \/parcel: parcel must be text$/,
    ],
    [
      'gives nothing',
      // What a step without types might do.
      { from: 2, lift: () => JSON.parse('null') as never },
      /^the event could not be lifted from version 2 to version 3: \/: the document must be an object$/,
    ],
    [
      'throws',
      {
        from: 2,
        lift: () => {
          throw new TypeError('of its own');
        },
      },
      /^the event could not be lifted from version 2 to version 3$/,
    ],
  ])('should end with a reason, never with a crash, where a step %s', (_, faulty, reason) => {
    const broken = new CanonicalVersions(schemas, [fromOne, faulty]);
    const { code, message } = failureOf(() => broken.lift('1', anEvent()));
    expect(code).toBe('MAPPING_FAILED');
    expect(message).toMatch(reason);
  });

  it.each<[string, Schemas, readonly Upcaster[], string]>([
    ['a version without a step to the next', schemas, [fromOne], 'version 2 has no upcaster to the next one'],
    ['a gap between the versions', without(2), [fromOne, fromTwo], 'version 2 has no schema'],
    ['no first version', without(1), [fromTwo], 'version 1 has no schema'],
    [
      'a step to a version without a schema',
      without(3),
      [fromOne, fromTwo],
      'the upcaster from version 2 lacks the schema of version 3',
    ],
    [
      'two steps from the same version',
      schemas,
      [fromOne, fromTwo, fromTwo],
      'version 2 has more than one upcaster',
    ],
    [
      'a schema that does not say its version',
      new Map([...schemas, [3, aSchema(4, [])]]),
      [fromOne, fromTwo],
      'the schema of version 3 must say so: properties.schemaVersion.const',
    ],
    [
      'a schema without what makes an event the same event',
      new Map([...schemas, [3, { ...aSchema(3, []), required: ['schemaVersion'] }]]),
      [fromOne, fromTwo],
      'the schema of version 3 must require idempotencyKey',
    ],
  ])('should not be taken with %s', (_, given, steps, fault) => {
    expect(() => new CanonicalVersions(given, steps)).toThrow(fault);
  });
});
