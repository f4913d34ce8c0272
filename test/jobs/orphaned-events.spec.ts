import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { anInboundEvent } from '../builders/an-inbound-event';
import { always, startWorkerParts, type WorkerParts } from './worker-parts';

describe('events that came in while their partner was removed', () => {
  let parts: WorkerParts;

  beforeAll(async () => {
    parts = await startWorkerParts();
  });
  afterAll(() => parts.close());

  it('should end as dead letters, though nobody takes from their queue', async () => {
    const longAgo = new Date(0);
    const orphans = [1, 2].map(() => anInboundEvent({ partnerId: 'gone', receivedAt: longAgo }));
    const other = anInboundEvent({ receivedAt: longAgo });
    const entries = [...orphans, other].map((event) => ({ event, jobId: 'b-1' }));
    await new InboundEventRepository(parts.database).insertAll(entries, 10_000);

    expect(await parts.reconciler.reconcile(always)).toBe(1);
    const stored = await parts.database.collection(INBOUND_EVENTS).find({ partnerId: 'gone' }).toArray();
    expect(stored.map(({ status }) => status)).toEqual(['dead_lettered', 'dead_lettered']);
    for (const { eventId } of orphans) {
      expect(await parts.list.find(eventId)).toMatchObject({ reasonCode: 'INTERNAL' });
    }
  });
});
