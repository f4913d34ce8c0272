import { type Db, MongoClient } from 'mongodb';
import { aCanonicalEvent, type CanonicalEvent } from '../builders/a-canonical-event';
import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { type OwnServer, ownMongo } from '../support/own-servers';
import { send } from '../support/sender';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const BAD_VALUE = 2;
const SCHEDULE = { RETRY_MAX_ATTEMPTS: '3', RETRY_BACKOFF_BASE_MS: '100', PROCESSING_TIMEOUT_MS: '1000' };

/** MongoDB's own fault injection makes the history refuse writes: a fault that is no outage. */
describe('events that fail', () => {
  const shared = testDatabase();
  let mongo: OwnServer;
  let client: MongoClient;
  let db: Db;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    mongo = await ownMongo({ parameters: { enableTestCommands: 1 } });
    client = new MongoClient(mongo.url);
    db = client.db(shared.dbName);
    const stores = { ...shared, mongoUri: mongo.url };
    gateway = await startGateway({ role: 'both', stores, env: SCHEDULE });
  });
  afterAll(async () => {
    await gateway.kill();
    await client.close();
    await mongo.stop();
    await shared.cleanup();
  });
  afterEach(() => client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' }));

  const historyFails = (mode: 'alwaysOn' | { times: number }) =>
    client.db('admin').command({
      configureFailPoint: 'failCommand',
      mode,
      data: { failCommands: ['insert'], namespace: `${shared.dbName}.shipment_events`, errorCode: BAD_VALUE },
    });
  const accepted = async (event: CanonicalEvent): Promise<string> => {
    const { json } = await send(gateway, event);
    if (typeof json === 'object' && json !== null && 'eventId' in json) return String(json.eventId);
    throw new Error('the event was not accepted');
  };
  const entry = (eventId: string, status: string) =>
    until(
      () =>
        db.collection<{ _id: string; expiresAt?: Date }>('inbound_events').findOne({ _id: eventId, status }),
      {
        what: `event ${eventId} to be ${status}`,
      },
    );
  const admin = (method: string, path: string, json?: unknown) =>
    call(method, `${gateway.url}/v1/admin${path}`, {
      bearer: ADMIN_API_KEY,
      ...(json !== undefined && { json }),
    });

  it('should try again by the schedule, and remember each failed attempt', async () => {
    // Once for the batch, once for the event alone: that is one attempt.
    await historyFails({ times: 4 });
    const done = await entry(await accepted(aCanonicalEvent()), 'processed');
    expect(done).toMatchObject({
      attempts: 3,
      attemptHistory: [
        { attempt: 1, errorCode: 'INTERNAL' },
        { attempt: 2, errorCode: 'INTERNAL' },
      ],
    });
  });

  it('should become a dead letter with its whole history when its attempts are used up, and apply when replayed', async () => {
    await historyFails('alwaysOn');
    const event = aCanonicalEvent();
    const eventId = await accepted(event);
    await entry(eventId, 'dead_lettered');
    const letter = await admin('GET', `/dead-letters/${eventId}`);
    expect(letter.json).toMatchObject({
      reasonCode: 'ATTEMPTS_EXHAUSTED',
      reviewStatus: 'pending',
      attemptHistory: [{ attempt: 1 }, { attempt: 2 }, { attempt: 3 }],
    });
    expect(letter.text).not.toMatch(/mongo|BadValue|failpoint/i);

    expect((await admin('POST', `/dead-letters/${eventId}/replay`, {})).status).toBeLessThan(300);
    const again = async () => {
      const { json } = await admin('GET', `/dead-letters/${eventId}`);
      return JSON.stringify(json).includes('"reviewStatus":"pending"') && json;
    };
    expect(await until(again, { what: 'the replay to fail again' })).toMatchObject({ replayCount: 1 });

    await client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    await admin('POST', `/dead-letters/${eventId}/replay`, {});
    const processed = await entry(eventId, 'processed');
    expect(processed.expiresAt).toBeInstanceOf(Date);
    expect(processed).toMatchObject({ replays: 2 });
    const shipment = await admin('GET', `/shipments/default/${event.payload.trackingNumber}`);
    expect(shipment.json).toMatchObject({ status: 'in_transit' });
    expect((await admin('GET', `/dead-letters/${eventId}`)).json).toMatchObject({
      reviewStatus: 'replayed',
      replayCount: 2,
    });
  });

  it('should not let one event hold back the others of its batch', async () => {
    const bad = aCanonicalEvent();
    const events = [bad, ...Array.from({ length: 20 }, () => aCanonicalEvent())];
    // MongoDB itself refuses this one parcel, and nothing else.
    const refused = { trackingNumber: { $ne: bad.payload.trackingNumber } };
    await db.command({ collMod: 'shipment_events', validator: refused });
    const ids = await Promise.all(events.map(accepted));
    await Promise.all(ids.slice(1).map((id) => entry(id, 'processed')));
    expect(await entry(ids[0] ?? '', 'dead_lettered')).toMatchObject({ attempts: 3 });
  });
});
