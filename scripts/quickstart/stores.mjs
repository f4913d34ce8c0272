import { randomBytes } from 'node:crypto';
import { bringUpMongo, bringUpRedis } from '../embedded/bring-up.mjs';
import { atEnd } from '../process/closing.mjs';

/** On somebody else's servers the demonstration leaves nothing behind. */
async function removeTraces({ redis, mongo, dbName, prefix }) {
  if (mongo.external) {
    const { MongoClient } = await import('mongodb');
    const client = new MongoClient(mongo.uri, { serverSelectionTimeoutMS: 3_000 });
    await client
      .db(dbName)
      .dropDatabase()
      .finally(() => client.close());
  }
  if (redis.external) {
    const { Redis } = await import('ioredis');
    const client = new Redis(redis.url, { maxRetriesPerRequest: 1 });
    for await (const keys of client.scanStream({ match: `${prefix}:*` })) {
      if (keys.length > 0) await client.unlink(keys);
    }
    client.disconnect();
  }
}

/** Redis and MongoDB, with names in both that no other system uses. */
export async function openStores() {
  const redis = await bringUpRedis();
  atEnd(redis.stop);
  const mongo = await bringUpMongo();
  atEnd(mongo.stop);
  const unique = randomBytes(4).toString('hex');
  const [dbName, prefix] = [`courier_gateway_quickstart_${unique}`, `gw-quickstart-${unique}`];
  atEnd(() => removeTraces({ redis, mongo, dbName, prefix }));
  return {
    env: { REDIS_URL: redis.url, MONGO_URI: mongo.uri, MONGO_DB_NAME: dbName, QUEUE_PREFIX: prefix },
    services: Object.fromEntries(
      Object.entries({ redis, mongo }).map(([name, { version, from }]) => [name, { version, from }]),
    ),
  };
}
