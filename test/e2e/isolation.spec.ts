import { type Db, MongoClient } from 'mongodb';
import { aBody, HmacPartner } from '../limits/hmac-partner';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const WAITING = 3_000;
const AT_ONCE = 100;
/** What a process has under way of one partner: two groups of so many events. */
const UNDER_WAY = 2 * 256;
const UNLIMITED = { limits: { perSecond: 0 } };

/** Each test has a flooded partner, and a quiet one whose events must not wait for the flood. */
describe('a partner with much to do', () => {
  const stores = testDatabase();
  const client = new MongoClient(stores.mongoUri);
  let db: Db;
  let api: GatewayProcess;
  let worker: GatewayProcess | undefined;

  beforeAll(async () => {
    db = client.db(stores.dbName);
    api = await startGateway({ role: 'api', stores });
  });
  afterEach(() => worker?.kill());
  afterAll(async () => {
    await api.kill();
    await client.close();
    await stores.cleanup();
  });

  const journal = () => db.collection<{ _id: string; finishedAt?: Date }>('inbound_events');
  const partner = (id: string, over: object = {}): Promise<HmacPartner> =>
    new HmacPartner(id, [api]).make({ ...UNLIMITED, ...over });
  const flood = async (sender: HmacPartner): Promise<void> => {
    for (let sent = 0; sent < WAITING; sent += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, (_, at) => sender.send(aBody({ parcel: `P-${at}` }))),
      );
    }
    expect(await journal().countDocuments({ partnerId: sender.id })).toBe(WAITING);
  };
  const finished = (partnerId: string, finishedAt: object = { $exists: true }): Promise<number> =>
    journal().countDocuments({ partnerId, finishedAt });
  const startWorking = async (sender: HmacPartner): Promise<void> => {
    worker = await startGateway({ role: 'worker', stores, waitUntilReady: false });
    await until(async () => (await finished(sender.id)) > 0, { what: 'the flood to be worked on' });
  };

  /** How many events of the flood were finished while one of the quiet partner was on its way. */
  async function overtakenBy(flooded: HmacPartner, quiet: HmacPartner): Promise<number> {
    const sentAt = new Date();
    const answer = await quiet.send(aBody());
    const { eventId } = answer.json as { eventId: string };
    const finishedAt = await until(async () => (await journal().findOne({ _id: eventId }))?.finishedAt, {
      what: 'the event of the quiet partner to be applied',
    });
    return finished(flooded.id, { $gte: sentAt, $lt: finishedAt });
  }

  it('does not hold up another one by more than what is under way', async () => {
    const [flooded, quiet] = await Promise.all([partner('flooded'), partner('quiet')]);
    await flood(flooded);
    await startWorking(flooded);
    expect(await overtakenBy(flooded, quiet)).toBeLessThanOrEqual(2 * UNDER_WAY);
    expect(await finished(flooded.id)).toBeLessThan(WAITING);
  }, 120_000);

  it('whose mapping fails every time holds up nobody either', async () => {
    const [failing, quiet] = await Promise.all([
      partner('failing', { mapping: { event: { trackingNumber: '/nowhere' } } }),
      partner('calm'),
    ]);
    await flood(failing);
    await startWorking(failing);
    expect(await overtakenBy(failing, quiet)).toBeLessThanOrEqual(2 * UNDER_WAY);
    expect(await finished(failing.id)).toBeLessThan(WAITING);
    expect(await journal().countDocuments({ partnerId: failing.id, status: 'processed' })).toBe(0);
  }, 120_000);
});
