import { reasonOf, say } from '../terminal/say.mjs';
import { findMongod } from './find-mongod.mjs';
import { findRedis } from './find-redis.mjs';
import { helloMongo, hostsOf } from './mongo-hello.mjs';
import { pingRedis } from './redis-ping.mjs';
import { startMongo } from './start-mongo.mjs';
import { startRedis } from './start-redis.mjs';

/** Of a connection string only the hosts are said: the rest may be secret. */
const placeOf = (uri) => uri.replace(/^([\w+]+:\/\/)(?:.*@)?([^/?]*).*$/, '$1$2');

/** Somebody else's server: it is not ours to stop. */
const running = (place, version, from) => ({ ...place, version, from, stop: async () => {}, external: true });

async function fromRedisUrl({ REDIS_URL: url, REDIS_TLS_CA_FILE: caFile }) {
  if (!url) return say('redis-server: REDIS_URL: not set');
  try {
    const version = await pingRedis(url, { caFile });
    say(`redis-server: REDIS_URL: ${version} answers at ${placeOf(url)}`);
    return running({ url }, version, 'REDIS_URL');
  } catch (error) {
    say(`redis-server: REDIS_URL: no use of ${placeOf(url)}: ${reasonOf(error)}`);
  }
}

async function fromMongoUri({ MONGO_URI: uri, MONGO_TLS_CA_FILE: caFile }) {
  if (!uri) return say('mongod: MONGO_URI: not set');
  try {
    hostsOf(uri);
    const { version, setName } = await helloMongo(uri, { caFile });
    say(`mongod: MONGO_URI: ${version} answers at ${placeOf(uri)}`);
    if (setName === undefined)
      say('mongod: MONGO_URI: it is no replica set: transactions will not work there');
    return running({ uri }, version, 'MONGO_URI');
  } catch (error) {
    say(`mongod: MONGO_URI: no use of ${placeOf(uri)}: ${reasonOf(error)}`);
  }
}

/**
 * The Redis of REDIS_URL if it answers, else one of our own: `{url, version, from, stop}`.
 *
 * @param {{ env?: NodeJS.ProcessEnv } & Parameters<typeof startRedis>[0]} [options]
 */
export async function bringUpRedis({ env = process.env, ...options } = {}) {
  return (await fromRedisUrl(env)) ?? startRedis({ found: await findRedis({ env }), ...options });
}

/**
 * The MongoDB of MONGO_URI if it answers, else one of our own: `{uri, version, from, stop}`.
 *
 * @param {{ env?: NodeJS.ProcessEnv } & Parameters<typeof startMongo>[0]} [options]
 */
export async function bringUpMongo({ env = process.env, ...options } = {}) {
  return (await fromMongoUri(env)) ?? startMongo({ found: await findMongod({ env }), ...options });
}
