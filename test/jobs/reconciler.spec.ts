import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { anInboundEvent } from '../builders/an-inbound-event';
import { until } from '../support/until';
import { startWorkerParts, type WorkerParts } from './worker-parts';

const PARTNERS = 300;

describe('the reconciler', () => {
  let parts: WorkerParts;

  beforeAll(async () => {
    parts = await startWorkerParts();
  });
  afterAll(() => parts.close());

  it('should stop in the middle of a round, and leave the rest as it was', async () => {
    const { database, reconciler } = parts;
    const received = { receivedAt: new Date(0) };
    const events = Array.from({ length: PARTNERS }, (_, n) =>
      anInboundEvent({ ...received, partnerId: `p${n}` }),
    );
    const entries = events.map((event) => ({ event, jobId: 'b-gone' }));
    await new InboundEventRepository(database).insertAll(entries, 10_000);
    const moved = () =>
      database.collection(INBOUND_EVENTS).countDocuments({ jobId: { $exists: true, $ne: 'b-gone' } });

    const round = reconciler.reconcile();
    await until(async () => (await moved()) > 0, { what: 'the first batch', everyMs: 1 });
    await reconciler.beforeApplicationShutdown();
    const requeued = await round;

    expect(requeued).toBeGreaterThan(0);
    expect(requeued).toBeLessThan(PARTNERS);
    expect(await moved()).toBe(requeued);
  });
});
