import { type Db, MongoClient } from 'mongodb';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { Promises } from '../support/sender';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

/** Short leases, so that what a dead worker held is free again soon. */
const SHORT_LEASE = { PROCESSING_TIMEOUT_MS: '1000' };

describe('a worker that is killed', () => {
  const stores = testDatabase();
  const client = new MongoClient(stores.mongoUri);
  let db: Db;
  let api: GatewayProcess;
  let workers: GatewayProcess[];

  beforeAll(async () => {
    db = client.db(stores.dbName);
    api = await startGateway({ role: 'api', stores, env: SHORT_LEASE });
    const worker = () => startGateway({ role: 'worker', stores, env: SHORT_LEASE });
    workers = await Promise.all([worker(), worker()]);
  });
  afterAll(async () => {
    await Promise.all([api, ...workers].map((one) => one.kill()));
    await client.close();
    await stores.cleanup();
  });

  it('should leave 1,000 events applied once each when another goes on', async () => {
    const promises = new Promises([api]);
    const journal = db.collection('inbound_events');
    const sending = promises.send(1_000);
    await until(async () => (await journal.countDocuments({ status: 'processed' })) > 100, {
      what: 'the workers to be in the middle of it',
    });
    await workers[0]?.kill();
    await sending;
    expect(promises.kept).toHaveLength(1_000);
    const open = () => journal.countDocuments({ status: { $nin: ['processed'] } });
    await until(async () => (await open()) === 0, { what: 'every event to be applied', timeoutMs: 60_000 });
    const history = await db.collection('shipment_events').find().toArray();
    const applied = history.map(({ trackingNumber }) => String(trackingNumber)).sort();
    expect(applied).toEqual(promises.trackingNumbers.sort());
    expect(await db.collection('dead_letter_events').countDocuments()).toBe(0);
  }, 120_000);
});
