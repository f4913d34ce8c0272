import { type Db, MongoClient } from 'mongodb';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { type OwnServer, ownMongo, ownRedis } from '../support/own-servers';
import { until } from '../support/until';
import { aBody, HmacPartner } from './hmac-partner';

const ACK_TIMEOUT_MS = 1_000;
/** Too large to be carried by the queue: without the journal nobody can keep it. */
const LARGE = 'x'.repeat(900 * 1024);

describe('a captured request while a store is away', () => {
  /** Their hosts still have a folder to remove. */
  const killed: OwnServer[] = [];
  let mongo: OwnServer;
  let redis: OwnServer;
  let client: MongoClient;
  let db: Db;
  let gateway: GatewayProcess;

  beforeEach(async () => {
    [mongo, redis] = await Promise.all([ownMongo(), ownRedis()]);
    const stores = { mongoUri: mongo.url, redisUrl: redis.url, dbName: 'replays', queuePrefix: 'replays' };
    client = new MongoClient(mongo.url);
    db = client.db(stores.dbName);
    gateway = await startGateway({
      role: 'api',
      stores,
      env: { ACK_TIMEOUT_MS: String(ACK_TIMEOUT_MS) },
    });
  });
  afterEach(async () => {
    await gateway.kill();
    await client.close();
    await Promise.all([mongo, redis, ...killed.splice(0)].map((server) => server.stop()));
  });

  const partner = (over: object = {}): Promise<HmacPartner> =>
    new HmacPartner('acme', [gateway]).make({
      dedupe: { header: 'x-event-id' },
      limits: { bodyBytes: 1_048_576 },
      ...over,
    });
  const named = (id: string) => ({ headers: { 'x-event-id': id } });
  const journal = () => db.collection('inbound_events');
  const startMongoAgain = async (): Promise<void> => {
    const { port, dataDir } = mongo;
    killed.push(mongo);
    mongo = await ownMongo({ port, dataDir });
  };

  it('that ended in 503 may come again, for nothing came of it', async () => {
    const sender = await partner();
    const body = aBody({ LARGE });
    mongo.kill();
    expect((await sender.send(body, named('one'))).status).toBe(503);
    await startMongoAgain();
    const again = () => sender.send(body, named('one'));
    const taken = await until(async () => [await again()].find(({ status }) => status === 202), {
      what: 'the journal to take it',
    });
    expect(taken.json).toMatchObject({ duplicate: false, idempotencyKey: 'one' });
    expect((await again()).json).toMatchObject({ duplicate: true });
  });

  it('is not let in under another id while nobody knows what came of the first', async () => {
    const sender = await partner();
    const body = aBody({ LARGE });
    mongo.kill();
    expect((await sender.send(body, named('one'))).status).toBe(503);
    expect((await sender.send(body, named('two'))).status).toBe(503);
    await startMongoAgain();
    const answered = async () => (await sender.send(body, named('two'))).status === 202;
    await until(answered, { what: 'the journal to say that nothing came of the first' });
    expect(await journal().countDocuments()).toBe(1);
  });

  it('that the queue took is known although the journal has not heard of it', async () => {
    const sender = await partner();
    const body = aBody();
    mongo.kill();
    const first = await sender.send(body, named('one'));
    expect(first.json).toMatchObject({ journaled: false, duplicate: false });
    const { eventId, receivedAt } = first.json as Record<string, unknown>;
    const again = await sender.send(body, named('two'));
    expect([again.status, again.json]).toMatchObject([
      202,
      { eventId, receivedAt, duplicate: true, journaled: false, idempotencyKey: 'one' },
    ]);
  });

  it('has no second effect under its own id without Redis, and that it was not asked is counted', async () => {
    const sender = await partner({ replay: { policy: 'reject' } });
    const body = aBody();
    redis.kill();
    const first = await sender.send(body, named('one'));
    expect(first.json).toMatchObject({ duplicate: false, queued: false });
    const { eventId } = first.json as Record<string, unknown>;
    expect((await sender.send(body, named('one'))).json).toMatchObject({ duplicate: true, eventId });
    expect(await journal().countDocuments()).toBe(1);
    const metrics = await call('GET', `${gateway.url}/metrics`);
    expect(metrics.text).toMatch(/^gateway_decisions_without_redis_total\{about="nonce"\} 2$/m);
  });
});
