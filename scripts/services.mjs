/** `npm run services`: Redis and MongoDB for development, in the foreground. */
import { join } from 'node:path';
import { bringUpMongo, bringUpRedis } from './embedded/bring-up.mjs';
import { atEnd, closeAll } from './process/closing.mjs';
import { freePortFrom, requirePort } from './process/free-port.mjs';
import { requireNode } from './project/node-version.mjs';
import { onStop } from './terminal/on-stop.mjs';
import { readOptions, readPort } from './terminal/options.mjs';
import { reasonOf, say } from './terminal/say.mjs';

const USAGE = `Usage: npm run services -- [options]

Starts Redis and a MongoDB replica set of one node, prints their addresses and stays until Ctrl-C.
REDIS_URL and MONGO_URI are taken as they are when a server answers there.

  --redis-port N   port of Redis (6379, or the next free one)
  --mongo-port N   port of MongoDB (27017, or the next free one)
  --data DIR       keep the data there; without it they go with the servers
  --help           this text`;

const DEFAULT_PORTS = { redis: 6379, mongo: 27_017 };

requireNode();
const options = readOptions(USAGE, {
  'redis-port': { type: 'string' },
  'mongo-port': { type: 'string' },
  data: { type: 'string' },
});

async function portOf(server) {
  const wanted = readPort(options[`${server}-port`], `--${server}-port`);
  if (wanted === undefined) return freePortFrom(DEFAULT_PORTS[server]);
  return requirePort(wanted, '127.0.0.1', `--${server}-port`);
}

const dataOf = (server) => (options.data === undefined ? undefined : join(options.data, server));

onStop(async () => {
  say('services: stopping');
  await closeAll();
  return 0;
});
try {
  const redis = await bringUpRedis({ port: await portOf('redis'), dataDir: dataOf('redis') });
  atEnd(redis.stop);
  const mongo = await bringUpMongo({ port: await portOf('mongo'), dataDir: dataOf('mongo') });
  atEnd(mongo.stop);
  console.log(`REDIS_URL=${redis.url}\nMONGO_URI=${mongo.uri}`);
  say('services: running; Ctrl-C ends them');
  setInterval(() => {}, 2 ** 30); // nothing else need keep this process alive when both servers are somebody else's
} catch (error) {
  say(reasonOf(error));
  await closeAll();
  process.exit(1);
}
