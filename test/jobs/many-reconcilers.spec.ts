import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { anInboundEvent } from '../builders/an-inbound-event';
import { always, KNOWN_PARTNERS, startWorkerParts, type WorkerParts } from './worker-parts';

const RECONCILERS = 6;
const EVENTS = 2_300;

describe('several reconcilers at once', () => {
  let parts: WorkerParts;

  beforeAll(async () => {
    parts = await startWorkerParts();
  });
  afterAll(() => parts.close());

  it('should put each event into one new batch', async () => {
    const { database, producer } = parts;
    const events = Array.from({ length: EVENTS }, (_, n) =>
      anInboundEvent({ receivedAt: new Date(0), partnerId: KNOWN_PARTNERS[n % KNOWN_PARTNERS.length] ?? '' }),
    );
    const entries = events.map((event) => ({ event, jobId: 'b-gone' }));
    await new InboundEventRepository(database).insertAll(entries, 30_000);

    const reconcilers = Array.from({ length: RECONCILERS }, parts.aReconciler);
    const requeued = await Promise.all(reconcilers.map((reconciler) => reconciler.reconcile(always)));

    // Every event counts once for each batch that carries it, and its entry names one that is there.
    expect(requeued.reduce((sum, count) => sum + count, 0)).toBe(EVENTS);
    for (const partnerId of KNOWN_PARTNERS) {
      const jobIds = await database.collection(INBOUND_EVENTS).distinct('jobId', { partnerId });
      const named = jobIds.flatMap((jobId) => (jobId === undefined ? [] : [jobId]));
      expect(await producer.unfinished(partnerId, named)).toEqual(new Set(named));
      expect((await producer.counts(partnerId)).waiting).toBe(named.length);
    }
  });
});
