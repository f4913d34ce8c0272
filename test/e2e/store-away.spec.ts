import { type Db, MongoClient } from 'mongodb';
import { aCanonicalEvent, type CanonicalEvent } from '../builders/a-canonical-event';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { type Answer } from '../support/http';
import { type OwnServer, ownMongo, ownRedis } from '../support/own-servers';
import { send } from '../support/sender';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { breakerState } from './gateway-signs';

const EVENTS = 20;

describe('with one store away', () => {
  const shared = testDatabase();
  /** Their hosts still have a folder to remove. */
  const killedServers: OwnServer[] = [];
  let mongo: OwnServer;
  let redis: OwnServer;
  let client: MongoClient;
  let db: Db;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    [mongo, redis] = await Promise.all([ownMongo(), ownRedis()]);
    client = new MongoClient(mongo.url);
    db = client.db(shared.dbName);
    const stores = { ...shared, mongoUri: mongo.url, redisUrl: redis.url };
    gateway = await startGateway({ role: 'both', stores });
  });
  afterAll(async () => {
    await gateway.kill();
    await client.close();
    await Promise.all([mongo, redis, ...killedServers].map((server) => server.stop()));
    await shared.cleanup();
  });

  const sendAll = (): Promise<{ event: CanonicalEvent; answer: Answer }[]> =>
    Promise.all(
      Array.from({ length: EVENTS }, async () => {
        const event = aCanonicalEvent();
        return { event, answer: await send(gateway, event) };
      }),
    );
  const appliedOnce = async (events: readonly CanonicalEvent[]): Promise<void> => {
    const numbers = events.map(({ payload }) => payload.trackingNumber);
    const history = db.collection('shipment_events');
    const found = () => history.countDocuments({ trackingNumber: { $in: numbers } });
    await until(async () => (await found()) === numbers.length, {
      what: 'every event to be applied',
      timeoutMs: 60_000,
    });
    const journal = db.collection('inbound_events');
    const keys = events.map(({ idempotencyKey }) => idempotencyKey);
    const processed = { dedupeKey: { $in: keys }, status: 'processed' };
    await until(async () => (await journal.countDocuments(processed)) === keys.length, {
      what: 'the journal to say so',
    });
    expect(await found()).toBe(numbers.length);
  };

  it('should take events into the queue alone while MongoDB is away, and apply each once when it is back', async () => {
    mongo.kill();
    const sent = await sendAll();
    for (const { answer } of sent) {
      expect(answer).toMatchObject({ status: 202, json: { journaled: false, queued: true } });
    }
    const killed = mongo;
    mongo = await ownMongo({ port: killed.port, dataDir: killed.dataDir });
    killedServers.push(killed);
    await appliedOnce(sent.map(({ event }) => event));
  }, 120_000);

  it('should take events into the journal alone while Redis is away, and apply each once when it is back', async () => {
    // The worker may find MongoDB again before the intake does, and without both nothing can be taken.
    await until(async () => (await breakerState(gateway, 'mongo')) === 0, {
      what: 'the intake to find MongoDB again',
    });
    redis.kill();
    const sent = await sendAll();
    for (const { answer } of sent) {
      expect(answer).toMatchObject({ status: 202, json: { journaled: true, queued: false } });
    }
    const killed = redis;
    redis = await ownRedis({ port: killed.port, dataDir: killed.dataDir });
    killedServers.push(killed);
    await appliedOnce(sent.map(({ event }) => event));
  }, 120_000);
});
