import { bringUpMongo, bringUpRedis } from '../../scripts/embedded/bring-up.mjs';
import { atEnd } from '../../scripts/process/closing.mjs';

/** Servers for all files of the project, unless `npm test` has brought them up already. */
export default async function globalSetup() {
  if (!process.env.TEST_REDIS_URL) {
    const redis = await bringUpRedis();
    atEnd(redis.stop);
    process.env.TEST_REDIS_URL = redis.url;
  }
  if (!process.env.TEST_MONGO_URI) {
    const mongo = await bringUpMongo({ parameters: { ttlMonitorSleepSecs: 1 } });
    atEnd(mongo.stop);
    process.env.TEST_MONGO_URI = mongo.uri;
  }
}
