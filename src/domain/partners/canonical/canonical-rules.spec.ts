import { canonicalVersions } from '../canonical-event';
import { type MappingInput } from '../compiled-partner';
import { PresetLibrary } from '../preset-library';
import { aDocument, kept, NOW } from '../testing/builders';
import { compileCanonicalRules } from './canonical-rules';
import { CanonicalVersions } from './canonical-versions';
import { anEvent, fromOne, fromTwo, threeVersions } from './testing/made-up-versions';

/** What the preset `standard` would be with the made-up version 3. */
const preset = aDocument({
  body: { format: 'json' },
  dedupe: { body: '/idempotencyKey' },
  schemaVersion: { from: { body: '/schemaVersion' }, default: '1', accept: ['1', '3'] },
  mapping: {
    event: { trackingNumber: '/parcel', status: '/status', occurredAt: '/at', eventKey: '/idempotencyKey' },
    status: { in_transit: 'in_transit', delivered: 'delivered' },
  },
});
const rules = compileCanonicalRules(preset, new CanonicalVersions(threeVersions(), [fromOne, fromTwo]));

const sent = (body: unknown, schemaVersion: string): MappingInput => ({
  ...kept(body),
  eventId: 'evt_1',
  receivedAt: NOW,
  schemaVersion,
});

describe('the rules of the canonical route', () => {
  it('should read every version by the mapping of the newest', async () => {
    const newest = { schemaVersion: '3', idempotencyKey: 'key-1', parcel: 'SHP-1', status: 'in_transit' };
    const events = await Promise.all([
      rules.map(sent(anEvent(), '1')),
      rules.map(sent({ ...newest, at: '2026-03-01T10:00:00.000Z' }, '3')),
    ]);
    const [lifted, asSent] = events.map(({ events: [event] }) => event);
    expect(lifted).toMatchObject({ trackingNumber: 'SHP-1', status: 'in_transit' });
    expect(lifted).toEqual(asSent);
  });

  it('should name the version that was sent, and the event by its own key', () => {
    const parsed = { ok: true, value: anEvent() } as const;
    expect(rules.schemaVersion(kept(anEvent()), parsed)).toBe('1');
    expect(rules.dedupeKey(kept(anEvent()), parsed)).toBe('key-1');
  });

  it('should go by what a body says that a person edited', async () => {
    const edited = anEvent({ status: 'delivered' });
    const { events } = await rules.map(sent(edited, '2'));
    expect(events).toMatchObject([{ trackingNumber: 'SHP-1', status: 'delivered' }]);
  });

  it.each([
    ['a version that nobody knows', { ...anEvent(), schemaVersion: '99' }, 'UNSUPPORTED_SCHEMA_VERSION'],
    ['an old version that it is not', { ...anEvent(), source: undefined }, 'MAPPING_FAILED'],
    ['no JSON', '{', 'UNPARSABLE_BODY'],
  ])('should reject %s with a reason', async (_, body, code) => {
    await expect(rules.map(sent(body, '1'))).rejects.toMatchObject({ name: 'MappingError', code });
  });

  it('should not be made of a preset that does not read the newest version', () => {
    const standard = PresetLibrary.load().get('standard');
    if (standard === undefined) throw new Error('there must be a preset standard');
    expect(() => compileCanonicalRules(standard, canonicalVersions())).not.toThrow();
    const versions = new CanonicalVersions(threeVersions(), [fromOne, fromTwo]);
    expect(() => compileCanonicalRules(standard, versions)).toThrow(
      'preset "standard" must read version 3 of the canonical event',
    );
  });
});
