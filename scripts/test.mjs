/**
 * `npm test`: all tests, on a machine that has nothing but Node.js and npm. Arguments go to Jest, so
 * `npm test -- test/e2e` runs a part. The last line says "N passed, N failed".
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bringUpMongo, bringUpRedis } from './embedded/bring-up.mjs';
import { findMongod } from './embedded/find-mongod.mjs';
import { findRedis } from './embedded/find-redis.mjs';
import { atEnd, closeAll } from './process/closing.mjs';
import { build } from './project/build.mjs';
import { installDependencies } from './project/dependencies.mjs';
import { requireNode } from './project/node-version.mjs';
import { CACHE } from './project/places.mjs';
import { onStop } from './terminal/on-stop.mjs';
import { reasonOf, say } from './terminal/say.mjs';
import { runJest } from './testing/jest.mjs';

/** Tests that stop, kill or fill a server start one of their own, so the binaries are needed in any case. */
async function servers() {
  const redis = await bringUpRedis();
  atEnd(redis.stop);
  const mongo = await bringUpMongo({ parameters: { ttlMonitorSleepSecs: 1 } });
  atEnd(mongo.stop);
  return {
    TEST_REDIS_URL: redis.url,
    TEST_MONGO_URI: mongo.uri,
    REDIS_SERVER_BINARY: redis.binary ?? (await findRedis()).binary,
    MONGOD_BINARY: mongo.binary ?? (await findMongod()).binary,
  };
}

async function test(args) {
  await installDependencies();
  await build();
  const env = await servers();
  await mkdir(CACHE, { recursive: true });
  const resultFile = join(CACHE, `jest-result-${process.pid}.json`);
  atEnd(() => rm(resultFile, { force: true }));
  return runJest(args, { env, resultFile, onStart: (stop) => atEnd(() => stop('SIGTERM')) });
}

requireNode();
onStop(() => closeAll());
const result = await test(process.argv.slice(2)).catch((error) => {
  say(reasonOf(error));
  return { code: 1, passed: 0, failed: 1, skipped: 0 };
});
await closeAll();
if (result.skipped > 0) console.log(`${result.skipped} skipped`);
console.log(`${result.passed} passed, ${result.failed} failed`);
process.exit(result.code === 0 && result.failed === 0 ? 0 : 1);
