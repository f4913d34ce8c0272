import { freePort } from '../process/free-port.mjs';
import { findRedis } from './find-redis.mjs';
import { pingRedis } from './redis-ping.mjs';
import { startServer } from './server-process.mjs';

const args = (port, folder, more) => [
  ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder],
  ...['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'],
  ...['--maxmemory-policy', 'noeviction', '--daemonize', 'no'],
  ...more,
];

/**
 * Starts a Redis of its own with the settings that queues need: nothing evicted, an append-only file.
 *
 * @param {{ found?: import('./find-binary.mjs').FoundBinary, port?: number, dataDir?: string, args?: string[] }} [options]
 */
export async function startRedis({ found, port = 0, dataDir, args: more = [] } = {}) {
  const { binary, version, from } = found ?? (await findRedis());
  const listens = port === 0 ? await freePort() : port;
  const url = `redis://127.0.0.1:${listens}`;
  const server = await startServer({
    title: 'redis',
    binary,
    args: (folder) => args(listens, folder, more),
    ready: async () => (await pingRedis(url)) !== undefined,
    dataDir,
  });
  return { ...server, url, port: listens, binary, version, from };
}
