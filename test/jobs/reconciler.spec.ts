import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { anInboundEvent } from '../builders/an-inbound-event';
import { startWorkerParts, type WorkerParts } from './worker-parts';

const PARTNERS = Array.from({ length: 30 }, (_, n) => `p${n}`);

describe('the reconciler', () => {
  let parts: WorkerParts;

  beforeAll(async () => {
    parts = await startWorkerParts(PARTNERS);
  });
  afterAll(() => parts.close());

  it('should stop in the middle of a round, and leave the rest as it was', async () => {
    const { database, reconciler } = parts;
    const received = { receivedAt: new Date(0) };
    const events = PARTNERS.map((partnerId) => anInboundEvent({ ...received, partnerId }));
    const entries = events.map((event) => ({ event, jobId: 'b-gone' }));
    await new InboundEventRepository(database).insertAll(entries, 10_000);
    const moved = () =>
      database.collection(INBOUND_EVENTS).countDocuments({ jobId: { $exists: true, $ne: 'b-gone' } });

    const requeued = await reconciler.reconcile(async () => (await moved()) < 3);

    expect(requeued).toBe(3);
    expect(await moved()).toBe(3);
  });

  it('should leave to the next round what goes beyond enough', async () => {
    const { database, reconciler } = parts;
    const received = { receivedAt: new Date(0), partnerId: 'p0' };
    const entries = Array.from({ length: 350 }, () => ({ event: anInboundEvent(received), jobId: 'b-lost' }));
    await new InboundEventRepository(database).insertAll(entries, 10_000);
    const left = () => database.collection(INBOUND_EVENTS).countDocuments({ jobId: 'b-lost' });
    const always = () => Promise.resolve(true);
    expect(await reconciler.reconcile(always, 150)).toBe(150);
    expect(await left()).toBeGreaterThanOrEqual(200);
    while ((await reconciler.reconcile(always, 150)) > 0);
    expect(await left()).toBe(0);
  });

  it('should make small batches of what may have to wait for the routing service', async () => {
    const { database, aReconciler } = parts;
    const received = { receivedAt: new Date(0), partnerId: 'p1' };
    const entries = Array.from({ length: 50 }, () => ({ event: anInboundEvent(received), jobId: 'b-gone' }));
    await new InboundEventRepository(database).insertAll(entries, 10_000);
    const routing = { url: 'http://127.0.0.1:1/route', timeoutMs: 1_000, concurrency: 50 };
    while ((await aReconciler(routing).reconcile(() => Promise.resolve(true))) > 0);
    const sizes = await database
      .collection(INBOUND_EVENTS)
      .aggregate<{ size: number }>([
        { $match: { _id: { $in: entries.map(({ event }) => event.eventId) } } },
        { $group: { _id: '$jobId', size: { $sum: 1 } } },
      ])
      .toArray();
    // Twice the slots that a partner has where it says nothing else.
    expect(sizes.map(({ size }) => size).sort((a, b) => b - a)).toEqual([20, 20, 10]);
  });
});
