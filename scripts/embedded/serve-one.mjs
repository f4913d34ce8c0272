/**
 * One server for a test that will stop, kill or fill it: `node serve-one.mjs redis|mongo '{"port":1,"dataDir":"…"}'`
 * prints one line of JSON when it is ready and ends the server when its stdin is closed.
 */
import { closeAll } from '../process/closing.mjs';
import { reasonOf, say } from '../terminal/say.mjs';
import { startMongo } from './start-mongo.mjs';
import { startRedis } from './start-redis.mjs';

const START = { redis: startRedis, mongo: startMongo };

const [kind, options = '{}'] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
try {
  const server = await START[kind](JSON.parse(options));
  const { pid, port, url, uri, dataDir, version, from } = server;
  console.log(JSON.stringify({ pid, port, url: url ?? uri, dataDir, version, from }));
  process.stdin.resume().once('end', () => void server.stop().then(closeAll));
} catch (error) {
  say(reasonOf(error));
  process.exit(1);
}
