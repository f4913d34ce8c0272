import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { Metrics } from '#platform/telemetry/metrics';
import { DeadLetterWriter } from '#processing/dead-letter-writer';
import { Reconciler } from '#processing/reconciler';
import { anInboundEvent } from '../builders/an-inbound-event';
import { startWorkerParts, type WorkerParts } from './worker-parts';

const RECONCILERS = 6;
const PARTNERS = ['acme', 'nordpost'];
const EVENTS = 2_300;

describe('several reconcilers at once', () => {
  let parts: WorkerParts;

  beforeAll(async () => {
    parts = await startWorkerParts();
  });
  afterAll(() => parts.close());

  const anotherReconciler = (): Reconciler => {
    const { database, producer, work, letters } = parts;
    const writer = new DeadLetterWriter(work, letters);
    return new Reconciler(new OverdueEventRepository(database), producer, writer, new Metrics());
  };

  it('should put each event into one new batch', async () => {
    const { database, producer } = parts;
    const events = Array.from({ length: EVENTS }, (_, n) =>
      anInboundEvent({ receivedAt: new Date(0), partnerId: PARTNERS[n % PARTNERS.length] ?? '' }),
    );
    const entries = events.map((event) => ({ event, jobId: 'b-gone' }));
    await new InboundEventRepository(database).insertAll(entries, 30_000);

    const reconcilers = Array.from({ length: RECONCILERS }, anotherReconciler);
    const requeued = await Promise.all(reconcilers.map((reconciler) => reconciler.reconcile()));

    // Every event counts once for each batch that carries it, and its entry names one that is there.
    expect(requeued.reduce((sum, count) => sum + count, 0)).toBe(EVENTS);
    for (const partnerId of PARTNERS) {
      const jobIds = await database.collection(INBOUND_EVENTS).distinct('jobId', { partnerId });
      const named = jobIds.flatMap((jobId) => (jobId === undefined ? [] : [jobId]));
      expect(await producer.unfinished('process-batch', partnerId, named)).toEqual(new Set(named));
      expect((await producer.counts(partnerId)).waiting).toBe(named.length);
    }
  });
});
