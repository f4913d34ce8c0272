import { freePort } from '../process/free-port.mjs';
import { until } from '../process/until.mjs';
import { findMongod } from './find-mongod.mjs';
import { mongoCommand } from './mongo-command.mjs';
import { startServer } from './server-process.mjs';

const SET = 'rs0';
const ALREADY_INITIALIZED = 23;

const args = (port, folder, parameters) => [
  ...['--port', `${port}`, '--bind_ip', '127.0.0.1', '--dbpath', folder, '--replSet', SET],
  ...['--wiredTigerCacheSizeGB', '0.5', '--nounixsocket', '--quiet'],
  ...Object.entries({ diagnosticDataCollectionEnabled: false, ...parameters }).flatMap(([name, value]) => [
    '--setParameter',
    `${name}=${value}`,
  ]),
];

const member = (server) => ({ _id: 0, host: `${server.host}:${server.port}` });

/** Data that were made on another port name that one as their only member: the set is told where it lives now. */
async function moveSet(server) {
  const { config } = await mongoCommand(server, { replSetGetConfig: 1 });
  const { _id, version, members } = config;
  if (members.length === 1 && members[0].host === member(server).host) return;
  const moved = { _id, version: version + 1, members: [member(server)] };
  await mongoCommand(server, { replSetReconfig: moved, force: true });
}

async function initiate(server) {
  try {
    await mongoCommand(server, { replSetInitiate: { _id: SET, members: [member(server)] } });
  } catch (error) {
    if (error.code !== ALREADY_INITIALIZED) throw error;
    await moveSet(server);
  }
}

/**
 * Starts a MongoDB of its own as a replica set of one node, so that majority writes and transactions are real, and
 * waits until it takes writes.
 *
 * @param {{ found?: import('./find-binary.mjs').FoundBinary, port?: number, dataDir?: string,
 *   parameters?: Record<string, string | number | boolean> }} [options]
 */
export async function startMongo({ found, port = 0, dataDir, parameters = {} } = {}) {
  const { binary, version, from } = found ?? (await findMongod());
  const listens = port === 0 ? await freePort() : port;
  const address = { host: '127.0.0.1', port: listens };
  const server = await startServer({
    title: 'mongo',
    binary,
    args: (folder) => args(listens, folder, parameters),
    ready: async () => (await mongoCommand(address, { hello: 1 })).ok === 1,
    dataDir,
  });
  try {
    await initiate(address);
    const primary = async () => (await mongoCommand(address, { hello: 1 })).isWritablePrimary;
    await until(primary, { timeoutMs: 30_000, what: 'mongod as a primary that takes writes' });
  } catch (error) {
    await server.stop();
    throw error;
  }
  const uri = `mongodb://127.0.0.1:${listens}/?replicaSet=${SET}`;
  return { ...server, uri, port: listens, binary, version, from };
}
