import { type Db, MongoClient } from 'mongodb';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { Promises } from '../support/sender';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

describe('SIGTERM under load', () => {
  const stores = testDatabase();
  const client = new MongoClient(stores.mongoUri);
  const running: GatewayProcess[] = [];
  let db: Db;

  const start = async (role: 'api' | 'worker'): Promise<GatewayProcess> => {
    const gateway = await startGateway({ role, stores });
    running.push(gateway);
    return gateway;
  };

  beforeAll(() => {
    db = client.db(stores.dbName);
  });
  afterAll(async () => {
    await Promise.all(running.map((one) => one.kill()));
    await client.close();
    await stores.cleanup();
  });

  it('should end api and worker with exit code 0 and every promise kept', async () => {
    const [first, second, worker] = await Promise.all([start('api'), start('api'), start('worker')]);
    const promises = new Promises([first, second]);
    const sending = promises.send(1_500, 60);
    await until(() => promises.kept.length > 300, { what: 'the load to be under way' });
    const stoppedWorker = worker.stop();
    const stoppedApi = first.stop();
    expect(await stoppedApi).toEqual({ code: 0, signal: null });
    expect(await stoppedWorker).toEqual({ code: 0, signal: null });
    await sending;
    await start('worker');
    const journal = db.collection('inbound_events');
    await until(async () => (await journal.countDocuments({ status: { $ne: 'processed' } })) === 0, {
      what: 'every event to be applied',
      timeoutMs: 60_000,
    });
    const history = await db.collection('shipment_events').find().toArray();
    const applied = new Map<string, number>();
    for (const { trackingNumber } of history) {
      applied.set(String(trackingNumber), (applied.get(String(trackingNumber)) ?? 0) + 1);
    }
    const notOnce = promises.trackingNumbers.filter((number) => applied.get(number) !== 1);
    expect(notOnce).toEqual([]);
  }, 120_000);

  it('should turn readiness first, while what arrives is still answered', async () => {
    const api = await start('api');
    const promises = new Promises([api]);
    const sending = promises.send(200, 20);
    const stopping = api.stop();
    const statuses: number[] = [];
    const notReady = async (): Promise<boolean> => {
      const { status } = await call('GET', `${api.url}/health/ready`).catch(() => ({ status: 0 }));
      statuses.push(status);
      return status !== 200;
    };
    await until(notReady, { what: 'readiness to turn', everyMs: 1 });
    await sending;
    expect(await stopping).toEqual({ code: 0, signal: null });
  });
});
