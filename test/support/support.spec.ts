import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { standardWebhookHeaders } from './standard-webhooks';
import { testDatabase } from './test-database';
import { until } from './until';

describe('a test database', () => {
  it('is another one each time, named after the test file', () => {
    const [first, second] = [testDatabase(), testDatabase()];

    expect(first.dbName).toMatch(/^test_support_[0-9a-f]{8}$/);
    expect(second.dbName).not.toBe(first.dbName);
    expect(second.queuePrefix).not.toBe(first.queuePrefix);
  });

  it('is gone after its cleanup, and other keys are not', async () => {
    const [mine, other] = [testDatabase(), testDatabase()];
    const redis = new Redis(mine.redisUrl);
    await redis.mset(`${mine.queuePrefix}:{p}:events`, '1', `${other.queuePrefix}:{p}:events`, '1');
    const client = new MongoClient(mine.mongoUri);
    await client.db(mine.dbName).collection('anything').insertOne({});

    await mine.cleanup();

    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    expect(databases.map(({ name }) => name)).not.toContain(mine.dbName);
    expect(await redis.keys(`${mine.queuePrefix}*`)).toEqual([]);
    expect(await redis.keys(`${other.queuePrefix}*`)).toHaveLength(1);
    await Promise.all([other.cleanup(), client.close()]);
    redis.disconnect();
  });
});

describe('until', () => {
  it('gives what the condition gave once it gave something', async () => {
    let asked = 0;

    expect(await until(() => (++asked < 3 ? null : asked), { what: 'three' })).toBe(3);
  });

  it('says what it waited for and what it saw last', async () => {
    const refused = () => Promise.reject(new Error('refused'));
    const waiting = until(refused, { what: 'the event to be applied', timeoutMs: 50 });

    await expect(waiting).rejects.toThrow('waited 50 ms for the event to be applied; last seen: refused');
  });
});

describe('the Standard Webhooks signature', () => {
  it('is that of the example in the specification', () => {
    const headers = standardWebhookHeaders({
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
    });

    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});
