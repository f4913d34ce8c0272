import { EventClaimsRepository } from '#domain/events/event-claims.repository';
import { EventEndsRepository } from '#domain/events/event-ends.repository';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { type Database } from '#platform/mongo/database';
import { anInboundEvent } from '../builders/an-inbound-event';
import { migratedDatabase } from '../support/migrated-database';

const LONG_MS = 60_000;
const LOOK_SOON_MS = 5_000;
const LATER = new Date(Date.now() + 3_600_000);
const PAGES = 2_500;
const ATTEMPT = { attempt: 1, startedAt: new Date(0), durationMs: 1, errorCode: 'INTERNAL', message: 'x' };

interface Profile {
  readonly planSummary: string;
  readonly keysExamined: number;
  readonly docsExamined: number;
}

const always = (): Promise<boolean> => Promise.resolve(true);

describe('what is overdue', () => {
  let database: Database;
  let close: () => Promise<void>;
  let claims: EventClaimsRepository;
  let ends: EventEndsRepository;
  let overdue: OverdueEventRepository;

  beforeEach(async () => {
    ({ database, close } = await migratedDatabase([INBOUND_EVENTS]));
    claims = new EventClaimsRepository(database);
    ends = new EventEndsRepository(database, { processedEventsTtlDays: 30 });
    overdue = new OverdueEventRepository(database);
  });
  afterEach(() => close());

  /** Not due for an hour. */
  const keep = async (count: number, jobId = 'b-1'): Promise<string[]> => {
    const events = Array.from({ length: count }, () => anInboundEvent({ receivedAt: LATER }));
    const entries = events.map((event) => ({ event, jobId }));
    await new InboundEventRepository(database).insertAll(entries, LONG_MS);
    return events.map(({ eventId }) => eventId);
  };
  const found = async (): Promise<string[]> => (await overdue.find(10_000)).map(({ eventId }) => eventId);
  const makeDue = (eventIds: readonly string[]) =>
    database
      .collection(INBOUND_EVENTS)
      .updateMany({ _id: { $in: [...eventIds] } }, { $set: { dueAt: new Date(0) } });
  /** From MongoDB's now until each of them is due. */
  const dueInMs = async (eventIds: readonly string[]): Promise<number[]> => {
    const now = (await database.now()).getTime();
    const documents = await database
      .collection(INBOUND_EVENTS)
      .find({ _id: { $in: [...eventIds] } })
      .toArray();
    return documents.map(({ dueAt }) => (dueAt?.getTime() ?? NaN) - now);
  };

  /** What MongoDB itself says about the queries that were made, not about some that look like them. */
  const profiled = () =>
    database.handle
      .collection<Profile>('system.profile')
      .find({
        op: { $in: ['query', 'getmore'] },
        ns: `${database.handle.databaseName}.${INBOUND_EVENTS.name}`,
      })
      .toArray();

  it('should be all that waits for a job once the queue is lost, and nothing else', async () => {
    const waiting = await keep(PAGES);
    const [claimed, retried, done] = [await keep(2), await keep(2), await keep(2)];
    await claims.claim(claimed, LONG_MS);
    const retry = { jobId: 'b-2', delayMs: LONG_MS, attempt: ATTEMPT };
    await ends.scheduleRetry(await claims.claim(retried, LONG_MS), retried, retry);
    await ends.finish(await claims.claim(done, LONG_MS), done, 'processed');
    expect(await found()).toEqual([]);
    expect(await overdue.lookAtAll(always)).toBe(PAGES);
    expect((await found()).sort()).toEqual(waiting.sort());
    expect(await overdue.lookAtAll(always)).toBe(0);
  });

  it('should be looked for page by page, until somebody says stop', async () => {
    await keep(PAGES);
    let pages = 0;
    const looked = await overdue.lookAtAll(() => Promise.resolve((pages += 1) < 2));
    expect(pages).toBe(2);
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(PAGES);
    expect(await found()).toHaveLength(looked);
  });

  it('should wait on where its job is alive, unless it is claimed or not due', async () => {
    const [waiting, claimed, early] = [await keep(1), await keep(1), await keep(1)];
    await claims.claim(claimed, LONG_MS);
    await makeDue([...waiting, ...claimed]);
    const [notDue = 0] = await dueInMs(early);
    await overdue.keepWaiting([...waiting, ...claimed, ...early]);
    expect(await found()).toEqual(claimed);
    expect((await dueInMs(waiting))[0]).toBeGreaterThan(0);
    expect(Math.abs(((await dueInMs(early))[0] ?? 0) - notDue)).toBeLessThan(LONG_MS);
  });

  it('should be looked at soon where its job ended, unless another job has it or a worker holds it', async () => {
    const [mine, moved, claimed] = [
      await keep(1, 'b-ended'),
      await keep(1, 'b-new'),
      await keep(1, 'b-ended'),
    ];
    await claims.claim(claimed, LONG_MS);
    await overdue.lookSoon([...mine, ...moved, ...claimed], 'b-ended');
    expect((await dueInMs(mine))[0]).toBeLessThanOrEqual(LOOK_SOON_MS);
    expect((await dueInMs([...moved, ...claimed])).every((ms) => ms > LOOK_SOON_MS)).toBe(true);
  });

  it('should be found by its index, however much else there is', async () => {
    const [, due] = [await keep(4_000), await keep(PAGES)];
    await makeDue(due);
    const limit = 500;
    await database.handle.command({ profile: 2 });
    expect(await overdue.find(limit)).toHaveLength(limit);
    await database.handle.command({ profile: 0 });
    const profile = await profiled();
    const sum = (figure: 'keysExamined' | 'docsExamined') =>
      profile.reduce((all, operation) => all + operation[figure], 0);
    expect(profile.map(({ planSummary }) => planSummary)).toContain('IXSCAN { dueAt: 1 }');
    expect(JSON.stringify(profile)).toContain('dueAt_unfinished');
    expect(profile.filter((operation) => 'hasSortStage' in operation)).toEqual([]);
    // A few more where a further page of the cursor begins.
    expect(sum('keysExamined')).toBeLessThan(limit + 10);
    expect(sum('docsExamined')).toBeLessThan(limit + 10);
  });
});
