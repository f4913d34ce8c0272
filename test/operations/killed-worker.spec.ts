import { OPERATIONS } from '#domain/operations/operations.schema';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { OwnStores } from '../e2e/own-stores';
import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { until } from '../support/until';
import { startRebuildParts, type RebuildParts } from './rebuild-parts';

const PARCELS = 600;
/** Slow enough to be met in the middle. */
const PER_SECOND = 100;

interface Shown {
  readonly state: string;
  readonly done: number;
  readonly changed: number;
  readonly failed: number;
}

/** The gateway's own processes, on stores that the test may hurt. */
describe('a rebuild in the hands of worker processes', () => {
  let stores: OwnStores;
  let parts: RebuildParts;
  let api: GatewayProcess;
  const workers: GatewayProcess[] = [];

  beforeAll(async () => {
    stores = await OwnStores.start();
    api = await startGateway({ role: 'api', stores: stores.addresses });
    parts = await startRebuildParts({ uri: stores.addresses.mongoUri, dbName: stores.addresses.dbName });
    const numbers = Array.from({ length: PARCELS }, (_, n) => `T-${1_000 + n}`);
    await parts.apply(
      numbers.flatMap((trackingNumber) =>
        (['picked_up', 'delivered', 'in_transit'] as const).map((status, minute) =>
          aShipmentEvent({ trackingNumber, minute, status }),
        ),
      ),
    );
  }, 120_000);
  beforeEach(async () => {
    const half = Array.from({ length: PARCELS / 2 }, (_, n) => `acme/T-${1_000 + 2 * n}`);
    await parts.documents.deleteMany({ _id: { $in: half } });
    await parts.documents.updateMany({}, { $set: { status: 'unknown' } });
  });
  afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.kill())));
  afterAll(async () => {
    await api.kill();
    await parts.close();
    await stores.stop();
  });

  const startWorker = async (): Promise<GatewayProcess> => {
    const worker = await startGateway({ role: 'worker', stores: stores.addresses });
    workers.push(worker);
    return worker;
  };
  const admin = async (method: string, path: string, json?: object): Promise<unknown> =>
    (await call(method, `${api.url}/v1/admin${path}`, { bearer: ADMIN_API_KEY, ...(json && { json }) })).json;
  const rebuild = async (): Promise<string> => {
    const answer = await admin('POST', '/shipments/rebuild', {
      partnerId: 'acme',
      ratePerSecond: PER_SECOND,
    });
    expect(answer).toMatchObject({ matched: PARCELS });
    return (answer as { operationId: string }).operationId;
  };
  const shown = async (id: string): Promise<Shown> => (await admin('GET', `/operations/${id}`)) as Shown;
  const inTheMiddle = (id: string) =>
    until(async () => (await shown(id)).done >= PER_SECOND, { what: 'some of it to be done' });
  const done = (id: string) =>
    until(async () => (await shown(id)).state === 'done', { what: 'it to be done', timeoutMs: 60_000 });
  const allRight = async (id: string): Promise<void> => {
    expect(await shown(id)).toMatchObject({ done: PARCELS, changed: PARCELS, failed: 0 });
    const right = { status: 'delivered', 'place.rank': { $gt: 0 }, version: { $gte: 1 } } as const;
    expect(await parts.documents.countDocuments(right)).toBe(PARCELS);
  };

  it('should be finished by another one when the first is killed in the middle', async () => {
    const first = await startWorker();
    const id = await rebuild();
    await inTheMiddle(id);
    await first.kill();
    const left = await shown(id);
    expect(left).toMatchObject({ state: 'running' });
    expect(left.done).toBeLessThan(PARCELS);
    await startWorker();
    await done(id);
    await allRight(id);
  }, 120_000);

  it('should be finished at once by another one when the first is stopped in the middle', async () => {
    const first = await startWorker();
    const id = await rebuild();
    await inTheMiddle(id);
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    const leases = stores.db.collection<{ _id: string }>('leases');
    expect(await leases.countDocuments({ _id: `operation:${id}` })).toBe(0);
    await startWorker();
    await done(id);
    await allRight(id);
  }, 120_000);

  it('should wait while MongoDB is away, and go on when it is back', async () => {
    await startWorker();
    const id = await rebuild();
    await inTheMiddle(id);
    stores.killMongo();
    await stores.restartMongo();
    await until(() => stores.db.collection(OPERATIONS.name).findOne({}), { what: 'MongoDB to answer' });
    await done(id);
    await allRight(id);
  }, 120_000);
});
