import { MongoClient } from 'mongodb';
import { DEAD_LETTERS } from '#domain/dead-letters/dead-letters.schema';
import { INBOUND_EVENTS, type InboundEventDocument } from '#domain/events/inbound-events.schema';
import { aCanonicalEvent } from '../builders/a-canonical-event';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { type OwnServer, ownMongo } from '../support/own-servers';
import { send } from '../support/sender';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const ENV = { RETRY_MAX_ATTEMPTS: '1', PROCESSING_TIMEOUT_MS: '1000' };
const HELD_MS = 3_000;

/** MongoDB's own fault injection holds the write of the dead letter, so that the worker is killed in it. */
describe('a worker that is killed between its decision and the dead letter', () => {
  const shared = testDatabase();
  let mongo: OwnServer;
  let client: MongoClient;
  let api: GatewayProcess;

  beforeAll(async () => {
    mongo = await ownMongo({ parameters: { enableTestCommands: 1 } });
    client = new MongoClient(mongo.url);
    api = await startGateway({ role: 'api', stores: { ...shared, mongoUri: mongo.url }, env: ENV });
  });
  afterAll(async () => {
    await api.kill();
    await client.close();
    await mongo.stop();
    await shared.cleanup();
  });

  const startWorker = () =>
    startGateway({ role: 'worker', stores: { ...shared, mongoUri: mongo.url }, env: ENV });

  it('should leave exactly one dead letter when another worker goes on', async () => {
    const db = client.db(shared.dbName);
    const journal = db.collection<InboundEventDocument>(INBOUND_EVENTS.name);
    const letters = db.collection<{ _id: string }>(DEAD_LETTERS.name);
    // The history takes nothing, so the only attempt fails.
    await db.command({ collMod: 'shipment_events', validator: { never: true } });
    await client.db('admin').command({
      configureFailPoint: 'failCommand',
      mode: { times: 1 },
      data: {
        failCommands: ['update'],
        namespace: `${shared.dbName}.${DEAD_LETTERS.name}`,
        blockConnection: true,
        blockTimeMS: HELD_MS,
      },
    });
    const doomed = await startWorker();
    const answer = await send(api, aCanonicalEvent());
    expect(answer.status).toBe(202);
    const decided = await until(() => journal.findOne({ terminalFailure: { $exists: true } }), {
      what: 'the worker to give the event up',
    });
    await doomed.kill();
    expect(decided.status).toBe('processing');

    const other = await startWorker();
    const ended = await until(() => journal.findOne({ status: 'dead_lettered' }), {
      what: 'the event to end as a dead letter',
    });
    expect(ended).toMatchObject({ _id: decided._id, attempts: 1, attemptHistory: [{ attempt: 1 }] });
    expect(await letters.find().toArray()).toMatchObject([
      { _id: decided._id, reasonCode: 'ATTEMPTS_EXHAUSTED', reviewStatus: 'pending', replayCount: 0 },
    ]);
    expect((await other.stop()).code).toBe(0);
  }, 120_000);
});
