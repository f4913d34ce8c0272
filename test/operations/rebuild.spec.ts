import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { SHIPMENT_EVENTS } from '#domain/shipments/shipments.schema';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { historyOf, randomOf, shuffled } from './history-cases';
import { type RebuildParts, startRebuildParts } from './rebuild-parts';

/** `REBUILD_EVENTS=100000` for the size that a deployment has; the seed makes a run happen again. */
const EVENTS = Number(process.env['REBUILD_EVENTS'] ?? 3_000);
const SEED = Number(process.env['REBUILD_SEED'] ?? 42);
const BATCH = 100;

describe('rebuilding shipments', () => {
  let parts: RebuildParts;

  beforeEach(async () => {
    parts = await startRebuildParts();
  });
  afterEach(() => parts.close());

  async function live(events: readonly ShipmentEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += BATCH)
      await parts.apply(events.slice(from, from + BATCH));
  }

  it(`should give what the live projection gave, of ${EVENTS} events told in any order, wherever it was spoilt`, async () => {
    const random = randomOf(SEED);
    const events = historyOf(EVENTS, random);
    await live(events);
    const before = await parts.told();
    const ids = before.map(({ _id = '' }) => _id);
    const third = Math.floor(ids.length / 3);
    const [deleted, spoilt] = [ids.slice(0, third), ids.slice(third, 2 * third)];
    await parts.documents.deleteMany({ _id: { $in: deleted } });
    await parts.documents.updateMany(
      { _id: { $in: spoilt } },
      { $set: { status: 'unknown', partnerStatus: 'spoilt', trackingNumber: 'X', place: null } },
    );
    const rightBefore = await parts.documents.find({ _id: { $nin: [...deleted, ...spoilt] } }).toArray();

    const startedAt = performance.now();
    const total = await parts.rebuild();
    const seconds = (performance.now() - startedAt) / 1_000;

    expect(await parts.told()).toEqual(before);
    expect(total).toMatchObject({ done: ids.length, failed: 0, changed: deleted.length + spoilt.length });
    // What was right is as it was, its version and times included.
    const rightAfter = await parts.documents.find({ _id: { $nin: [...deleted, ...spoilt] } }).toArray();
    expect(rightAfter).toEqual(rightBefore);
    if (process.env['REBUILD_EVENTS'] !== undefined)
      process.stderr.write(
        `rebuilt ${ids.length} shipments of ${EVENTS} events in ${seconds.toFixed(1)} s\n`,
      );
  }, 1_200_000);

  it('should give the same for the same events told in another order', async () => {
    const random = randomOf(SEED + 1);
    const events = historyOf(600, random);
    await live(events);
    const first = await parts.told();
    await parts.documents.deleteMany({});
    await parts.database.collection(SHIPMENT_EVENTS).deleteMany({});
    await live(shuffled(events, random));
    expect(await parts.told()).toEqual(first);
    expect(await parts.rebuild()).toMatchObject({ changed: 0, failed: 0 });
    expect(await parts.told()).toEqual(first);
  }, 120_000);

  it('should mend a shipment whatever was done to it, and keep when it was made', async () => {
    const event = aShipmentEvent({ trackingNumber: 'HURT', status: 'delivered', orderId: 'O-1' });
    await parts.apply([event]);
    const before = await parts.shipments.find(event);
    const hurts: readonly object[] = [
      { $unset: { version: 1 } },
      { $set: { version: 'seven' } },
      { $set: { version: -3 } },
      { $unset: { place: 1, status: 1, orderId: 1 } },
      { $set: { junk: { of: 'somebody' }, status: 'lost' } },
      { $set: { partnerId: 'nobody', trackingNumber: null } },
      { $unset: { updatedAt: 1 } },
    ];
    for (const hurt of hurts) {
      await parts.documents.updateOne({ _id: 'acme/HURT' }, hurt);
      expect(await parts.rebuild()).toMatchObject({ changed: 1, failed: 0 });
      const { version, updatedAt, ...told } = (await parts.shipments.find(event)) ?? {};
      const { version: _version, updatedAt: _updatedAt, ...wanted } = before ?? {};
      expect(told).toEqual(wanted);
      expect(version).toEqual(expect.any(Number));
      expect(updatedAt).toBeInstanceOf(Date);
      // Live events go on from there.
      await parts.apply([event]);
    }
  });

  it('should date a missing shipment from when the first of its events was recorded', async () => {
    const event = aShipmentEvent({ trackingNumber: 'LOST' });
    await parts.apply([event]);
    await parts.documents.deleteOne({ _id: 'acme/LOST' });
    await parts.rebuild({ trackingNumber: 'LOST', partnerId: 'acme' });
    const [first] = await parts.history.timeline(event);
    expect(await parts.shipments.find(event)).toMatchObject({ createdAt: first?.recordedAt, version: 1 });
  });

  it.each([
    ['a partner', { partnerId: 'acme' }, ['acme/A', 'acme/B']],
    ['a partner whose id begins another', { partnerId: 'acme-2' }, ['acme-2/A']],
    ['a parcel', { partnerId: 'acme', trackingNumber: 'A' }, ['acme/A']],
    ['a number', { trackingNumber: 'A' }, ['acme-2/A', 'acme/A']],
    ['a partner that has none', { partnerId: 'acm' }, []],
    ['all', {}, ['acme-2/A', 'acme/A', 'acme/B']],
  ])('should rebuild the shipments of %s and no other', async (_, filter, expected) => {
    for (const [partnerId, trackingNumber] of [
      ['acme', 'A'],
      ['acme', 'B'],
      ['acme-2', 'A'],
    ] as const)
      await parts.apply([aShipmentEvent({ partnerId, trackingNumber })]);
    await parts.documents.updateMany({}, { $set: { status: 'unknown' } });
    const operation = await parts.start(filter);
    expect(operation.matched).toBe(expected.length);
    expect(await parts.run(operation, 1)).toMatchObject({ changed: expected.length });
    const right = await parts.documents.find({ status: 'in_transit' }).sort({ _id: 1 }).toArray();
    expect(right.map(({ _id }) => _id)).toEqual(expected);
  });

  it('should leave a shipment alone that has no history', async () => {
    const event = aShipmentEvent({ trackingNumber: 'EXPIRED' });
    await parts.apply([event]);
    const before = await parts.shipments.find(event);
    await parts.database.collection(SHIPMENT_EVENTS).deleteMany({});
    await parts.rebuild();
    await parts.rebuild({ partnerId: 'acme', trackingNumber: 'EXPIRED' });
    expect(await parts.shipments.find(event)).toEqual(before);
  });
});

describe('rebuilding shipments where the history expires', () => {
  const TTL_DAYS = 30;
  let parts: RebuildParts;

  beforeEach(async () => {
    parts = await startRebuildParts({ historyTtlDays: TTL_DAYS });
  });
  afterEach(() => parts.close());

  it('should not take the word of what is left of a history for the whole', async () => {
    const delivered = aShipmentEvent({ trackingNumber: 'OLD', minute: 9, status: 'delivered' });
    const late = aShipmentEvent({ trackingNumber: 'OLD', minute: 3, status: 'in_transit' });
    await parts.apply([delivered, late]);
    const longAgo = new Date(Date.now() - (TTL_DAYS + 1) * 86_400_000);
    await parts.documents.updateOne({ _id: 'acme/OLD' }, { $set: { createdAt: longAgo } });
    await parts.database.collection(SHIPMENT_EVENTS).deleteOne({ _id: `acme/${delivered.eventKey}` });

    expect(await parts.rebuild()).toMatchObject({ done: 0, failed: 1, changed: 0 });
    expect(await parts.shipments.find(delivered)).toMatchObject({ status: 'delivered' });
  });

  it('should let no late event take the place of a state whose own event has expired', async () => {
    const delivered = aShipmentEvent({
      trackingNumber: 'OLD',
      minute: 9,
      status: 'delivered',
      orderId: 'O-1',
    });
    await parts.apply([delivered]);
    const longAgo = new Date(Date.now() - (TTL_DAYS + 1) * 86_400_000);
    await parts.documents.updateOne({ _id: 'acme/OLD' }, { $set: { createdAt: longAgo } });
    await parts.database.collection(SHIPMENT_EVENTS).deleteOne({ _id: `acme/${delivered.eventKey}` });

    await parts.apply([aShipmentEvent({ trackingNumber: 'OLD', minute: 3, status: 'in_transit' })]);
    await parts.apply([aShipmentEvent({ trackingNumber: 'OLD', minute: 20, status: 'exception' })]);
    const stands = { status: 'delivered', orderId: { value: 'O-1' } };
    expect(await parts.shipments.find(delivered)).toMatchObject(stands);
    await parts.apply([aShipmentEvent({ trackingNumber: 'OLD', minute: 30, status: 'returned' })]);
    expect(await parts.shipments.find(delivered)).toMatchObject({ status: 'returned' });
  });

  it('should rebuild those that are younger than that', async () => {
    const event = aShipmentEvent({ trackingNumber: 'YOUNG' });
    await parts.apply([event]);
    await parts.documents.updateMany({}, { $set: { status: 'unknown' } });
    expect(await parts.rebuild()).toMatchObject({ done: 1, failed: 0, changed: 1 });
    expect(await parts.shipments.find(event)).toMatchObject({ status: 'in_transit' });
  });
});
