import { type OperationOf, type PageDone } from '#domain/operations/operation';
import { OPERATIONS } from '#domain/operations/operations.schema';
import { type ParcelFilter } from '#domain/shipments/parcel-filter';
import { Leases } from '#platform/mongo/leases';
import { LEASES } from '#platform/mongo/leases.schema';
import { OperationPages } from '#processing/operations/operation-pages';
import { OperationRounds } from '#processing/operations/operation-rounds';
import { RebuildShipments } from '#processing/operations/rebuild-shipments';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { until } from '../support/until';
import { startReplayParts, type ReplayParts } from './replay-parts';

const PARCELS = 60;

describe('operations in the hands of the workers', () => {
  let parts: ReplayParts;
  const processes: OperationRounds[] = [];

  beforeAll(async () => {
    parts = await startReplayParts();
    const numbers = Array.from({ length: PARCELS }, (_, n) => `T-${100 + n}`);
    await parts.apply(numbers.map((trackingNumber) => aShipmentEvent({ trackingNumber })));
  });
  beforeEach(() => parts.documents.updateMany({}, { $set: { status: 'unknown' } }));
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((one) => one.beforeApplicationShutdown()));
    await parts.database.collection(OPERATIONS).deleteMany({});
  });
  afterAll(() => parts.close());

  /** Another worker process, as far as the database can tell. */
  const startProcess = (rebuild: RebuildShipments = parts.rebuildShipments): OperationRounds => {
    const { database, operations, replayEvents } = parts;
    const pages = new OperationPages(operations, rebuild, replayEvents);
    const rounds = new OperationRounds(operations, pages, new Leases(database), database);
    processes.push(rounds);
    rounds.onApplicationBootstrap();
    return rounds;
  };
  const start = (ratePerSecond?: number, filter: ParcelFilter = {}) =>
    parts.operations.start({
      kind: 'rebuild_shipments',
      filter,
      matched: PARCELS,
      ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
      requestedBy: 'tests',
    });
  const now = async (id: string) => {
    const operation = await parts.operations.find(id);
    if (operation === undefined) throw new Error('it is gone');
    return operation;
  };
  const ended = (id: string) =>
    until(
      async () => {
        const operation = await now(id);
        return operation.state !== 'running' && operation;
      },
      { what: 'the operation to end', timeoutMs: 40_000 },
    );
  const some = (id: string) =>
    until(async () => (await now(id)).done >= 10, { what: 'some of it to be done', everyMs: 10 });
  const right = () => parts.documents.countDocuments({ status: 'in_transit' });
  const leases = () => parts.database.collection(LEASES).countDocuments();

  it('should be done, and leave no lease behind', async () => {
    const { id } = await start();
    startProcess();
    expect(await ended(id)).toMatchObject({ state: 'done', done: PARCELS, changed: PARCELS, failed: 0 });
    expect(await right()).toBe(PARCELS);
    await until(async () => (await leases()) === 0, { what: 'the lease to be given back' });
  });

  it('should be done no faster than was asked for', async () => {
    const startedAt = performance.now();
    const { id } = await start(20);
    startProcess();
    await ended(id);
    // The last page of three needs no rest after it.
    expect(performance.now() - startedAt).toBeGreaterThan(2_000);
  });

  it('should be done once, however many workers there are', async () => {
    const all = [await start(30), await start(30), await start(30)];
    for (let n = 0; n < 4; n += 1) startProcess();
    for (const { id } of all)
      expect(await ended(id)).toMatchObject({ state: 'done', done: PARCELS, page: 2 });
  });

  it('should end before the next page when it is cancelled', async () => {
    const { id } = await start(10);
    startProcess();
    await some(id);
    await parts.operations.cancel(id, 'vera');
    await until(async () => (await leases()) === 0, { what: 'the lease to be given back' });
    const { done, changed } = await now(id);
    expect(done).toBeLessThan(PARCELS);
    expect(changed).toBe(done);
    expect(await right()).toBe(done);
  });

  it('should be handed over at once by a process that stops', async () => {
    const { id } = await start(20);
    const first = startProcess();
    await some(id);
    await first.beforeApplicationShutdown();
    expect(await leases()).toBe(0);
    startProcess();
    expect(await ended(id)).toMatchObject({ state: 'done', done: PARCELS, changed: PARCELS });
  });

  it('should go on after a page that failed, and fail when it fails time and again', async () => {
    let failures = 2;
    class Failing extends RebuildShipments {
      override page(operation: OperationOf<'rebuild_shipments'>, limit: number): Promise<PageDone> {
        if (operation.filter.partnerId === 'poison' || (failures -= 1) >= 0)
          return Promise.reject(new Error('CANARY of the inside'));
        return super.page(operation, limit);
      }
    }
    const [good, bad] = [await start(), await start(undefined, { partnerId: 'poison' })];
    startProcess(new Failing(parts.toRebuild, parts.rebuilder));
    expect(await ended(good.id)).toMatchObject({ state: 'done', done: PARCELS });
    const { state, message } = await ended(bad.id);
    expect({ state, message }).toEqual({
      state: 'failed',
      message: 'one page failed 5 times in a row; the log of the worker says why',
    });
  });

  it('should be left to newer workers where only they know its kind', async () => {
    const { id } = await start();
    // As a version after this one writes it.
    await parts.database.handle
      .collection<{ _id: string; kind: string }>(OPERATIONS.name)
      .updateOne({ _id: id }, { $set: { kind: 'paint_shipments' } });
    startProcess();
    const known = await start();
    await ended(known.id);
    expect(await now(id)).toMatchObject({ state: 'running', done: 0 });
  });
});
