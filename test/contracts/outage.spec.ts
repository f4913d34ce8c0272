import { once } from 'node:events';
import { MongoClient, MongoServerError } from 'mongodb';
import { isOutage } from '#platform/mongo/outage';
import { testDatabase } from '../support/test-database';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what counts as an outage of MongoDB', () => {
  const stores = testDatabase();
  const client = new MongoClient(stores.mongoUri, { maxPoolSize: 1, waitQueueTimeoutMS: 200 });
  afterAll(async () => {
    await client.close();
    await stores.cleanup();
  });

  it('should be no free connection in time', async () => {
    const admin = client.db('admin');
    const known: Record<string, unknown> = await admin.command({ hello: 1 }, { promoteLongs: false });
    const unchanged = {
      hello: 1,
      topologyVersion: known['topologyVersion'],
      maxAwaitTimeMS: 1_000,
    };
    const taken = once(client, 'connectionCheckedOut');
    // The server answers when something about it changes, and keeps the only connection until then.
    const holding = failureOf(admin.command(unchanged));
    await taken;
    const failure = await failureOf(admin.command({ ping: 1 }));
    expect(failure).toMatchObject({ name: 'MongoWaitQueueTimeoutError' });
    expect(isOutage(failure)).toBe(true);
    await holding;
  });

  it('should not be a server that does not like what it was asked', async () => {
    const failure = await failureOf(client.db('admin').command({ noSuchCommand: 1 }));
    expect(failure).toBeInstanceOf(MongoServerError);
    expect(isOutage(failure)).toBe(false);
  });
});
