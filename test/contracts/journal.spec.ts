import { Binary } from 'mongodb';
import { EventClaimsRepository } from '#domain/events/event-claims.repository';
import { EventEndsRepository } from '#domain/events/event-ends.repository';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { type NewInboundEvent } from '#domain/events/inbound-event';
import { type Database } from '#platform/mongo/database';
import { anInboundEvent } from '../builders/an-inbound-event';
import { migratedDatabase } from '../support/migrated-database';
import { until } from '../support/until';

const TIMEOUT_MS = 10_000;
const LEASE_MS = 60_000;
const ATTEMPT = {
  attempt: 1,
  startedAt: new Date('2026-01-01T00:00:00Z'),
  durationMs: 12,
  errorCode: 'INTERNAL',
  message: '$not an expression',
};

describe('the journal', () => {
  let database: Database;
  let close: () => Promise<void>;
  let intake: InboundEventRepository;
  let claims: EventClaimsRepository;
  let ends: EventEndsRepository;
  let overdue: OverdueEventRepository;

  beforeAll(async () => {
    ({ database, close } = await migratedDatabase([INBOUND_EVENTS]));
    intake = new InboundEventRepository(database);
    claims = new EventClaimsRepository(database);
    ends = new EventEndsRepository(database, { processedEventsTtlDays: 30 });
    overdue = new OverdueEventRepository(database);
  });
  afterAll(() => close());

  const keep = async (...events: NewInboundEvent[]): Promise<string[]> => {
    await intake.insertAll(
      events.map((event) => ({ event, jobId: 'b-1' })),
      TIMEOUT_MS,
    );
    return events.map(({ eventId }) => eventId);
  };
  const stored = async (eventId: string | undefined) => {
    const document = await database.collection(INBOUND_EVENTS).findOne({ _id: eventId ?? '' });
    if (document === null) throw new Error(`no entry ${eventId}`);
    return document;
  };
  /** As if the time had come. */
  const makeDue = (eventIds: readonly string[]) =>
    database
      .collection(INBOUND_EVENTS)
      .updateMany({ _id: { $in: [...eventIds] } }, { $set: { dueAt: new Date(0) } });

  it('should keep an event once and tell a duplicate when the first copy came in', async () => {
    const first = anInboundEvent({ receivedAt: new Date('2026-05-05T05:05:05.005Z') });
    const again = { ...first, receivedAt: new Date() };
    const other = anInboundEvent();
    const entry = (event: NewInboundEvent) => ({ event, jobId: 'b-1' });
    expect(await intake.insertAll([entry(first)], TIMEOUT_MS)).toEqual([{ duplicate: false }]);
    expect(await intake.insertAll([again, other, again].map(entry), TIMEOUT_MS)).toEqual([
      { duplicate: true, receivedAt: first.receivedAt },
      { duplicate: false },
      { duplicate: true, receivedAt: first.receivedAt },
    ]);
  });

  it('should keep one of two equal events that come in together', async () => {
    const event = anInboundEvent();
    const outcomes = await intake.insertAll(
      [event, event].map((one) => ({ event: one, jobId: 'b-1' })),
      TIMEOUT_MS,
    );
    expect(outcomes.map(({ duplicate }) => duplicate)).toEqual([false, true]);
  });

  it('should hold the exact bytes and real dates', async () => {
    const body = Buffer.from([0x7b, 0xff, 0x00, 0xc3, 0x28, 0x7d, 0x0a]);
    const [id] = await keep(anInboundEvent({ body }));
    const document = await stored(id);
    expect(document.body).toBeInstanceOf(Binary);
    expect(Buffer.from(document.body.value())).toEqual(body);
    expect([document.receivedAt, document.dueAt]).toEqual([expect.any(Date), expect.any(Date)]);
  });

  it('should give each event to one of many workers that claim at once', async () => {
    const ids = await keep(...Array.from({ length: 40 }, () => anInboundEvent()));
    const held = await Promise.all(Array.from({ length: 8 }, () => claims.claim(ids, LEASE_MS)));
    const claimed = held.flatMap(({ events }) => events.map(({ eventId }) => eventId));
    expect(claimed.sort()).toEqual([...ids].sort());
  });

  it('should read of a claim only what one reply of the server holds, and hold the rest', async () => {
    const body = Buffer.alloc(4 * 1024 * 1024);
    const ids: string[] = [];
    for (let at = 0; at < 6; at += 1) ids.push(...(await keep(anInboundEvent({ body }))));
    const first = await claims.claimPortion(ids, LEASE_MS, 'lease-1');
    const read = new Set(first.events.map(({ eventId }) => eventId));
    expect(read.size).toBeGreaterThan(0);
    expect(read.size).toBeLessThan(ids.length);
    expect(first.hasMore).toBe(true);
    const rest = ids.filter((id) => !read.has(id));
    expect((await claims.claimPortion(rest, LEASE_MS, 'lease-2')).events).toEqual([]);
    const second = await claims.claimPortion(rest, LEASE_MS, 'lease-1');
    expect(second.events.map(({ eventId }) => eventId).sort()).toEqual(rest.sort());
    expect(second.hasMore).toBe(false);
  });

  it('should not give away what is under a live lease, and count a crash when the lease ran out', async () => {
    const ids = await keep(anInboundEvent());
    await claims.claim(ids, LEASE_MS);
    expect((await claims.claim(ids, LEASE_MS)).events).toEqual([]);
    await makeDue(ids);
    const [event] = (await claims.claim(ids, LEASE_MS)).events;
    expect(event?.crashes).toBe(1);
  });

  it('should finish only what the claim still holds', async () => {
    const ids = await keep(anInboundEvent());
    const lost = await claims.claim(ids, LEASE_MS);
    await makeDue(ids);
    const held = await claims.claim(ids, LEASE_MS);
    await ends.finish(lost, ids, 'processed');
    expect((await stored(ids[0])).status).toBe('processing');
    await ends.finish(held, ids, 'processed');
    const { status, attempts, expiresAt, jobId, dueAt, lease, leaseUntil } = await stored(ids[0]);
    expect({ status, attempts }).toEqual({ status: 'processed', attempts: 1 });
    expect(expiresAt).toBeInstanceOf(Date);
    expect([jobId, dueAt, lease, leaseUntil]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('should keep a failed event for its next attempt, with its history, until it is due', async () => {
    const ids = await keep(anInboundEvent());
    const claim = await claims.claim(ids, LEASE_MS);
    await ends.scheduleRetry(claim, ids, { jobId: 'b-2', delayMs: 60_000, attempt: ATTEMPT });
    const waiting = await stored(ids[0]);
    expect(waiting).toMatchObject({
      status: 'retry_scheduled',
      jobId: 'b-2',
      attempts: 1,
      attemptHistory: [ATTEMPT],
    });
    expect((await claims.claim(ids, LEASE_MS)).events).toEqual([]);
    await makeDue(ids);
    const [again] = (await claims.claim(ids, LEASE_MS)).events;
    expect(again).toMatchObject({ attempts: 1, crashes: 0 });
  });

  it('should leave a dead-lettered event without an end of its own', async () => {
    const ids = await keep(anInboundEvent());
    const claim = await claims.claim(ids, LEASE_MS);
    await ends.markDeadLettered(claim, [{ eventId: ids[0] ?? '', attempt: ATTEMPT }]);
    const { status, expiresAt, dueAt, attemptHistory } = await stored(ids[0]);
    expect([status, expiresAt, dueAt]).toEqual(['dead_lettered', undefined, undefined]);
    expect(attemptHistory).toEqual([ATTEMPT]);
  });

  it('should find what is overdue, and move it to a new job once however many try', async () => {
    const ids = await keep(anInboundEvent(), anInboundEvent());
    await makeDue(ids);
    const found = await overdue.find(1_000);
    expect(found.map(({ eventId }) => eventId)).toEqual(expect.arrayContaining(ids));
    const moved = await Promise.all(['b-x', 'b-y', 'b-z'].map((jobId) => overdue.moveTo(jobId, ids)));
    expect(moved.flat().sort()).toEqual([...ids].sort());
    expect((await claims.claim(ids, LEASE_MS)).events).toHaveLength(2);
  });

  it('should tell a lease that ran out from a wait, and let the former be claimed again', async () => {
    const ids = await keep(anInboundEvent());
    await claims.claim(ids, LEASE_MS);
    await makeDue(ids);
    const [stranded] = (await overdue.find(1_000)).filter(({ eventId }) => ids.includes(eventId));
    expect(stranded?.leaseRanOut).toBe(true);
    await overdue.moveTo('b-3', ids);
    const [event] = (await claims.claim(ids, LEASE_MS)).events;
    expect(event?.crashes).toBe(1);
  });

  it('should leave what waits for a living job alone, and never touch a live lease', async () => {
    const ids = await keep(anInboundEvent(), anInboundEvent());
    const [held = ''] = ids;
    await claims.claim([held], LEASE_MS);
    await makeDue(ids.slice(1));
    await overdue.keepWaiting(ids);
    const [first, second] = await Promise.all(ids.map(stored));
    expect([first?.status, second?.status]).toEqual(['processing', 'received']);
    expect(second?.dueAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it('should let MongoDB remove what has expired, and nothing that is unfinished', async () => {
    const ids = await keep(anInboundEvent(), anInboundEvent());
    const [brief = '', lasting = ''] = ids;
    const short = new EventEndsRepository(database, { processedEventsTtlDays: 1 / 86_400_000 });
    const claim = await claims.claim([brief], LEASE_MS);
    await short.finish(claim, [brief], 'processed');
    const gone = async () => (await database.collection(INBOUND_EVENTS).countDocuments({ _id: brief })) === 0;
    await until(gone, { what: 'the TTL monitor to remove the entry', timeoutMs: 30_000 });
    expect((await stored(lasting)).status).toBe('received');
  });

  it('should use the partial index for what is overdue', async () => {
    const plan = await database
      .collection(INBOUND_EVENTS)
      .find({ dueAt: { $lte: new Date() } })
      .sort({ dueAt: 1 })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('dueAt_unfinished');
  });
});
