import { EventClaimsRepository } from '#domain/events/event-claims.repository';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { postponed, transient } from '#processing/processing-failure';
import { anInboundEvent } from '../builders/an-inbound-event';
import { KNOWN_PARTNERS, startWorkerParts, type WorkerParts } from './worker-parts';

const LEASE_MS = 60_000;
const DELAY_MS = 600_000;

describe('failures of one claim', () => {
  let parts: WorkerParts;

  beforeAll(async () => {
    parts = await startWorkerParts();
  });
  afterAll(() => parts.close());

  it.each([
    ['to be tried again', transient('ROUTING_UNAVAILABLE', 'it answered 503')],
    ['put off', postponed('ROUTING_UNAVAILABLE', 'it is away', DELAY_MS)],
  ])('should wait in the queue of their own partner each, where they are %s', async (_, failure) => {
    const { database, producer, settler } = parts;
    const events = KNOWN_PARTNERS.map((partnerId) => anInboundEvent({ partnerId }));
    const entries = events.map((event) => ({ event, jobId: 'b-first' }));
    await new InboundEventRepository(database).insertAll(entries, 5_000);
    const ids = events.map(({ eventId }) => eventId);
    const claim = await new EventClaimsRepository(database).claim(ids, LEASE_MS, `lease-${failure.kind}`);
    const tries = claim.events.map((event) => ({ event, failure }));
    await settler.settle(claim, tries, 3);
    for (const { eventId, partnerId } of events) {
      const entry = await database.collection(INBOUND_EVENTS).findOne({ _id: eventId });
      const jobId = entry?.jobId ?? '';
      expect(jobId).not.toBe('b-first');
      expect([...(await producer.unfinished(partnerId, [jobId]))]).toEqual([jobId]);
    }
  });
});
