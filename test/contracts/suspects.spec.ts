import { EventClaimsRepository, SUSPECT_CRASHES } from '#domain/events/event-claims.repository';
import { EventEndsRepository } from '#domain/events/event-ends.repository';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { type Database } from '#platform/mongo/database';
import { anInboundEvent } from '../builders/an-inbound-event';
import { migratedDatabase } from '../support/migrated-database';

const LEASE_MS = 60_000;
const LEASE = 'somebody';

describe('events that were not brought to an end', () => {
  let database: Database;
  let close: () => Promise<void>;
  let claims: EventClaimsRepository;
  let ends: EventEndsRepository;
  let overdue: OverdueEventRepository;

  beforeAll(async () => {
    ({ database, close } = await migratedDatabase([INBOUND_EVENTS]));
    claims = new EventClaimsRepository(database);
    ends = new EventEndsRepository(database, { processedEventsTtlDays: 30 });
    overdue = new OverdueEventRepository(database);
  });
  afterAll(() => close());

  const keep = async (): Promise<string> => {
    const event = anInboundEvent();
    await new InboundEventRepository(database).insertAll([{ event, jobId: 'b-1' }], 10_000);
    return event.eventId;
  };
  const stored = (eventId: string) => database.collection(INBOUND_EVENTS).findOne({ _id: eventId });
  const leaseRanOut = (eventId: string) =>
    database.collection(INBOUND_EVENTS).updateOne({ _id: eventId }, { $set: { dueAt: new Date(0) } });
  const crash = async (eventId: string): Promise<void> => {
    await claims.claimOne(eventId, LEASE_MS, `lease-${Math.random()}`);
    await leaseRanOut(eventId);
  };

  it('should be claimed with others after one crash, and only alone after two', async () => {
    const [steady, suspect] = [await keep(), await keep()];
    const ids = [steady, suspect];
    await crash(suspect);
    const first = await claims.claim(ids, LEASE_MS);
    expect(first.events.map(({ crashes }) => crashes).sort()).toEqual([0, 1]);
    await Promise.all(ids.map(leaseRanOut));
    const second = await claims.claim(ids, LEASE_MS);
    expect(second.events).toMatchObject([{ eventId: steady, crashes: 1 }]);
    expect(await claims.suspects(ids, LEASE)).toEqual([suspect]);
    const alone = await claims.claimOne(suspect, LEASE_MS, 'alone');
    expect(alone.events).toMatchObject([{ eventId: suspect, crashes: SUSPECT_CRASHES }]);
    expect(await claims.suspects(ids, LEASE)).toEqual([]);
    expect((await claims.claimOne(suspect, LEASE_MS, 'second')).events).toEqual([]);
  });

  it('should be tried alone also by who holds them already, and begins anew after an outage', async () => {
    const [steady, suspect] = [await keep(), await keep()];
    await crash(suspect);
    await crash(suspect);
    expect((await claims.claimOne(suspect, LEASE_MS, LEASE)).events).toHaveLength(1);
    const again = await claims.claim([steady, suspect], LEASE_MS, LEASE);
    expect(again.events.map(({ eventId }) => eventId)).toEqual([steady]);
    expect(await claims.suspects([steady, suspect], LEASE)).toEqual([suspect]);
    expect((await claims.claimOne(suspect, LEASE_MS, LEASE)).events).toMatchObject([{ crashes: 2 }]);
  });

  it('should not be worked on again under the lease under which they were given up', async () => {
    const [failed, open] = [await keep(), await keep()];
    const claim = await claims.claim([failed, open], LEASE_MS, LEASE);
    const attempt = { attempt: 1, startedAt: new Date(), durationMs: 1, errorCode: 'X', message: 'x' };
    const final = { reasonCode: 'MAPPING_FAILED', message: 'x', attempt } as const;
    await ends.giveUp(claim, new Map([[failed, final]]));
    const again = await claims.claim([failed, open], LEASE_MS, LEASE);
    expect(again.events.map(({ eventId }) => eventId)).toEqual([open]);
  });

  it('should stay suspect when the reconciler gives them a new job', async () => {
    const suspect = await keep();
    await crash(suspect);
    await crash(suspect);
    expect(await overdue.moveTo('b-2', [suspect])).toEqual([suspect]);
    expect((await claims.claim([suspect], LEASE_MS)).events).toEqual([]);
    expect(await claims.suspects([suspect], LEASE)).toEqual([suspect]);
  });

  it('should wait uncounted where they are postponed, and remember since when', async () => {
    const eventId = await keep();
    const later = { jobId: 'b-2', delayMs: 60_000 };
    await ends.postpone(await claims.claim([eventId], LEASE_MS), [eventId], later);
    const first = await stored(eventId);
    expect(first).toMatchObject({ status: 'retry_scheduled', attempts: 0, attemptHistory: [], jobId: 'b-2' });
    expect((await claims.claim([eventId], LEASE_MS)).events).toEqual([]);
    await leaseRanOut(eventId);
    await ends.postpone(await claims.claim([eventId], LEASE_MS), [eventId], later);
    const second = await stored(eventId);
    expect(second?.postponedSince).toBeInstanceOf(Date);
    expect(second?.postponedSince).toEqual(first?.postponedSince);
    expect(second?.crashes).toBe(0);
  });

  it('should be free for another worker at once where they are given back', async () => {
    const eventId = await keep();
    await ends.giveBack(await claims.claim([eventId], LEASE_MS), [eventId], 'b-3');
    expect(await stored(eventId)).toMatchObject({ status: 'received', attempts: 0, jobId: 'b-3' });
    expect((await claims.claim([eventId], LEASE_MS)).events).toMatchObject([{ eventId, crashes: 0 }]);
  });

  it('should be left to whoever holds them now', async () => {
    const eventId = await keep();
    const lost = await claims.claim([eventId], LEASE_MS);
    await leaseRanOut(eventId);
    const held = await claims.claim([eventId], LEASE_MS);
    await ends.giveBack(lost, [eventId], 'b-3');
    await ends.postpone(lost, [eventId], { jobId: 'b-3', delayMs: 1 });
    expect(await stored(eventId)).toMatchObject({ status: 'processing', lease: held.lease, jobId: 'b-1' });
  });
});
