import { type Operation, type PageDone } from '#domain/operations/operation';
import { OperationRepository } from '#domain/operations/operation.repository';
import { type OperationDocument, OPERATIONS } from '#domain/operations/operations.schema';
import { type Database } from '#platform/mongo/database';
import { migratedDatabase } from '../support/migrated-database';

const DAY_MS = 86_400_000;
const PAGE: PageDone = { done: 9, failed: 1, changed: 4, cursor: ['acme/T-10'] };
const LAST: PageDone = { done: 3, failed: 0, changed: 0, cursor: undefined };

describe('operations', () => {
  let database: Database;
  let close: () => Promise<void>;
  let operations: OperationRepository;

  beforeAll(async () => {
    ({ database, close } = await migratedDatabase([OPERATIONS]));
    operations = new OperationRepository(database);
  });
  afterEach(() => database.collection(OPERATIONS).deleteMany({}));
  afterAll(() => close());

  const start = (partnerId = 'acme'): Promise<Operation> =>
    operations.start({
      kind: 'rebuild_shipments',
      filter: { partnerId },
      matched: 13,
      note: 'why',
      requestedBy: 'olaf',
    });
  const stored = (id: string): Promise<OperationDocument | null> =>
    database.collection(OPERATIONS).findOne({ _id: id });

  it('should be running from when they are asked for, with what was asked', async () => {
    const operation = await start();
    expect(await operations.find(operation.id)).toEqual(operation);
    expect(operation).toMatchObject({ state: 'running', matched: 13, done: 0, failed: 0, note: 'why' });
    expect(await operations.running()).toEqual([operation]);
    expect(await stored(operation.id)).not.toHaveProperty('expiresAt');
  });

  it('should count each page once, however often it was done', async () => {
    const operation = await start();
    const both = await Promise.all([
      operations.advance(operation, PAGE),
      operations.advance(operation, PAGE),
    ]);
    const [advanced] = both.filter((one) => one !== undefined);
    expect(both).toContain(undefined);
    expect(advanced).toMatchObject({
      done: 9,
      failed: 1,
      changed: 4,
      cursor: ['acme/T-10'],
      state: 'running',
    });
    // Who was paused for long and wakes up knows of an older page only.
    expect(await operations.advance(operation, { ...PAGE, cursor: ['acme/T-05'] })).toBeUndefined();
    expect(await operations.running()).toEqual([advanced]);
  });

  it('should be done after the last page, and expire 90 days later', async () => {
    const operation = await start();
    const ended = await operations.advance(operation, LAST);
    expect(ended).toMatchObject({ state: 'done', done: 3, finishedAt: expect.any(Date) as unknown });
    expect(await operations.running()).toEqual([]);
    const { expiresAt, finishedAt } = (await stored(operation.id)) ?? {};
    expect(expiresAt).toEqual(new Date((finishedAt?.getTime() ?? 0) + 90 * DAY_MS));
    const indexes = await database.collection(OPERATIONS).indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
  });

  it('should end when they are cancelled, with the page under way counted', async () => {
    const operation = await start();
    const cancelled = await operations.cancel(operation.id, 'vera');
    expect(cancelled).toMatchObject({ state: 'cancelled', message: 'cancelled by vera' });
    expect(await operations.cancel(operation.id, 'vera')).toBeUndefined();
    const counted = await operations.advance(operation, LAST);
    expect(counted).toMatchObject({ state: 'cancelled', done: 3, message: 'cancelled by vera' });
    await operations.fail(operation.id, 'too late');
    expect(await operations.find(operation.id)).toMatchObject({ state: 'cancelled' });
    expect(await stored(operation.id)).toHaveProperty('expiresAt', expect.any(Date));
  });

  it('should fail with the reason, and not be cancelled after that', async () => {
    const operation = await start();
    await operations.fail(operation.id, 'why it failed');
    expect(await operations.find(operation.id)).toMatchObject({ state: 'failed', message: 'why it failed' });
    expect(await operations.cancel(operation.id, 'vera')).toBeUndefined();
    expect(await operations.cancel('op_none', 'vera')).toBeUndefined();
  });

  it('should be listed newest first, by state and kind, page by page', async () => {
    const all: Operation[] = [];
    for (let n = 0; n < 5; n += 1) all.push(await start());
    await operations.cancel(all[1]?.id ?? '', 'vera');
    const newestFirst = [...all].sort(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
    );
    const ids = (found: readonly Operation[]) => found.map(({ id }) => id);
    const first = await operations.list({}, 3);
    const last = first.at(-1);
    const rest = await operations.list({}, 3, last && { at: last.createdAt, id: last.id });
    expect([...ids(first), ...ids(rest)]).toEqual(ids(newestFirst));
    expect(ids(await operations.list({ state: 'cancelled' }, 9))).toEqual([all[1]?.id]);
    expect(await operations.list({ kind: 'replay_events' }, 9)).toEqual([]);
    expect(await operations.list({ kind: 'rebuild_shipments', state: 'running' }, 9)).toHaveLength(4);
  });

  it('should be found by the workers without looking at those that have ended', async () => {
    const running = await start();
    const ended = Array.from({ length: 50 }, () => start());
    for (const { id } of await Promise.all(ended)) await operations.cancel(id, 'vera');
    const plan = await database
      .collection(OPERATIONS)
      .find({ state: 'running' })
      .sort({ createdAt: 1, _id: 1 })
      .explain('executionStats');
    expect(plan).toMatchObject({ executionStats: { totalDocsExamined: 1, totalKeysExamined: 1 } });
    expect(await operations.running()).toEqual([running]);
  });
});
