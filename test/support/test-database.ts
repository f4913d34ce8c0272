import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';

/** A corner of the shared servers that belongs to one test file. */
export interface TestDatabase {
  readonly mongoUri: string;
  readonly dbName: string;
  readonly redisUrl: string;
  readonly queuePrefix: string;
  /** Drops the database and deletes every key below the prefix. Call it in `afterAll`. */
  cleanup(): Promise<void>;
}

/** Names nobody else uses, on the servers that the tests were given. */
export function testDatabase(): TestDatabase {
  const mongoUri = given('TEST_MONGO_URI');
  const redisUrl = given('TEST_REDIS_URL');
  const unique = `${fileName()}_${randomBytes(4).toString('hex')}`;
  const dbName = `test_${unique}`;
  const queuePrefix = `t_${unique}`;
  const cleanup = async () => {
    await Promise.all([dropDatabase(mongoUri, dbName), deleteKeys(redisUrl, queuePrefix)]);
  };
  return { mongoUri, dbName, redisUrl, queuePrefix, cleanup };
}

function given(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: tests with servers belong to the Jest project "system" (below test/)`);
}

/** Says in the servers' logs whose it is. MongoDB takes names of at most 63 bytes. */
function fileName(): string {
  const file = expect.getState().testPath ?? 'test';
  return basename(file, '.spec.ts')
    .replace(/[^a-z0-9]+/gi, '_')
    .slice(0, 40);
}

async function dropDatabase(uri: string, dbName: string): Promise<void> {
  const client = new MongoClient(uri);
  try {
    await client.db(dbName).dropDatabase();
  } finally {
    await client.close();
  }
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1_000 })) {
      if (isNonEmptyTexts(keys)) await redis.unlink(keys);
    }
  } finally {
    redis.disconnect();
  }
}

const isNonEmptyTexts = (keys: unknown): keys is string[] => Array.isArray(keys) && keys.length > 0;
