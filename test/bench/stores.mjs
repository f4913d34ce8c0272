import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { bringUpMongo, bringUpRedis } from '../../scripts/embedded/bring-up.mjs';
import { atEnd } from '../../scripts/process/closing.mjs';
import { runsHere } from './proc.mjs';

/** Redis and MongoDB of the run, with names of our own in both: they may be somebody else's servers. */
export async function openStores() {
  const [redisServer, mongoServer] = [await bringUp(bringUpRedis), await bringUp(bringUpMongo)];
  const redis = new Redis(redisServer.url);
  atEnd(() => redis.disconnect());
  const mongo = await new MongoClient(mongoServer.uri).connect();
  atEnd(() => mongo.close());
  const name = `bench_${randomBytes(4).toString('hex')}`;
  if (redisServer.external) atEnd(() => unlinkAll(redis, `${name}_*`));
  if (mongoServer.external) atEnd(() => dropAll(mongo, `${name}_`));
  const { pids, facts } = await examine(redis, mongo);
  return {
    redisUrl: redisServer.url,
    mongoUri: mongoServer.uri,
    pids,
    facts,
    /** The database, and the prefix of all keys, of one target. */
    nameFor: (target) => `${name}_${target}`,
    forgetJobs: (target) => unlinkAll(redis, `${name}_${target}:*`),
    ...collectionsOf((target) => mongo.db(`${name}_${target}`)),
    forget: async (target) => {
      await mongo.db(`${name}_${target}`).dropDatabase();
      await unlinkAll(redis, `${name}_${target}:*`);
    },
  };
}

function collectionsOf(databaseOf) {
  return {
    journalOf: (target) => databaseOf(target).collection('inbound_events'),
    historyOf: (target) => databaseOf(target).collection('shipment_events'),
    shipmentsOf: (target) => databaseOf(target).collection('shipments'),
  };
}

async function bringUp(start) {
  const server = await start();
  atEnd(server.stop);
  return server;
}

/** Asks the servers themselves for their process ids: whoever started them, their CPU time is read the same way. */
async function examine(redis, mongo) {
  const info = await redis.info('server');
  const status = await mongo.db('admin').command({ serverStatus: 1 });
  const [, appendOnly] = await redis.config('GET', 'appendonly');
  const pids = {
    redis: Number(/^process_id:(\d+)/m.exec(info)?.[1]),
    mongod: Number(status.pid),
  };
  return {
    pids: Object.fromEntries(Object.entries(pids).filter(([program, pid]) => runsHere(pid, program))),
    facts: {
      redis: /^redis_version:(.+?)\r?$/m.exec(info)?.[1],
      redisAppendOnly: appendOnly === 'yes',
      mongod: status.version,
    },
  };
}

async function unlinkAll(redis, pattern) {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 2_000);
    if (keys.length > 0) await redis.unlink(...keys);
    cursor = next;
  } while (cursor !== '0');
}

async function dropAll(mongo, prefix) {
  const { databases } = await mongo.db().admin().listDatabases({ nameOnly: true });
  const ours = databases.filter(({ name }) => name.startsWith(prefix));
  await Promise.all(ours.map(({ name }) => mongo.db(name).dropDatabase()));
}
