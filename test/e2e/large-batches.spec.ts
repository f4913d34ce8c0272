import { type Db, MongoClient } from 'mongodb';
import { aBody, HmacPartner } from '../limits/hmac-partner';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
/** Together more than one reply of MongoDB holds. */
const BODIES = 8;
const NOTE = 'x'.repeat(BODY_LIMIT_BYTES - 1_024);

describe('batches of large bodies that wait together', () => {
  const stores = testDatabase();
  const client = new MongoClient(stores.mongoUri);
  const env = { BODY_LIMIT_BYTES: String(BODY_LIMIT_BYTES) };
  const gateways: GatewayProcess[] = [];
  let db: Db;

  beforeAll(async () => {
    db = client.db(stores.dbName);
    gateways.push(await startGateway({ role: 'api', stores, env }));
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.kill()));
    await client.close();
    await stores.cleanup();
  });

  it('are applied in portions, each event once', async () => {
    const sender = await new HmacPartner('bulky', gateways).make();
    for (let at = 0; at < BODIES; at += 1) {
      const { status } = await sender.send(aBody({ parcel: `P-${at}`, note: NOTE }));
      expect(status).toBe(202);
    }
    gateways.push(await startGateway({ role: 'worker', stores, env }));
    const processed = { status: 'processed', attempts: 1, crashes: 0 };
    await until(async () => (await db.collection('inbound_events').countDocuments(processed)) === BODIES, {
      what: 'all of them to be processed at their first attempt',
    });
    expect(await db.collection('shipments').countDocuments()).toBe(BODIES);
  }, 60_000);
});
