import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { freePort } from '../support/free-port';
import { until } from '../support/until';
import { runNode, temporaryFolder } from './run-node';
import { end, isAlive, startServices } from './services-process';

const services = (...args: string[]) => runNode(['scripts/services.mjs', ...args]);

async function write(redisUrl: string, mongoUri: string, value: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.set('kept', value).finally(() => redis.disconnect());
  const client = new MongoClient(mongoUri);
  const majority = { writeConcern: { w: 'majority', journal: true } } as const;
  const kept = client.db('kept').collection<{ _id: string }>('values', majority);
  await kept.insertOne({ _id: value }).finally(() => client.close());
}

async function read(redisUrl: string, mongoUri: string): Promise<unknown[]> {
  const redis = new Redis(redisUrl);
  const inRedis = await redis.get('kept').finally(() => redis.disconnect());
  const client = new MongoClient(mongoUri);
  const kept = client.db('kept').collection<{ _id: string }>('values');
  const inMongo = await kept.findOne().finally(() => client.close());
  return [inRedis, inMongo?._id];
}

describe('npm run services', () => {
  it('prints both addresses first, and the servers take durable writes and transactions', async () => {
    const running = await startServices();
    await write(running.redisUrl, running.mongoUri, 'written');
    const client = new MongoClient(running.mongoUri);
    const values = client.db('kept').collection<{ _id: string }>('values');
    await client.withSession((session) =>
      session.withTransaction(() => values.insertOne({ _id: 'in a transaction' }, { session })),
    );
    await client.close();
    const redis = new Redis(running.redisUrl);
    const settings = await redis.config('GET', 'maxmemory-policy', 'appendonly', 'appendfsync');
    redis.disconnect();

    expect(running.stdout()).toMatch(/^REDIS_URL=redis:\/\/127\.0\.0\.1:\d+\nMONGO_URI=mongodb:\/\//);
    expect(settings).toEqual(expect.arrayContaining(['noeviction', 'yes', 'everysec']));
    await end(running, 'SIGTERM');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing behind on %s', async (signal) => {
    const running = await startServices();

    expect(await end(running, signal)).toBe(0);
    expect(running.pids.filter(isAlive)).toEqual([]);
    expect(running.dataFolders.filter((folder) => existsSync(folder))).toEqual([]);
  });

  it('leaves nothing behind when it is killed with SIGKILL', async () => {
    const running = await startServices();
    await end(running, 'SIGKILL');

    await until(() => !running.pids.some(isAlive), { what: 'both servers to end' });
    const gone = () => !running.dataFolders.some((folder) => existsSync(folder));
    await until(gone, { what: 'their data to be removed' });
  });

  it('keeps its data in --data, also when the ports change', async () => {
    const data = temporaryFolder();
    const ports = async () => [
      ...['--redis-port', `${await freePort()}`],
      ...['--mongo-port', `${await freePort()}`],
    ];
    const first = await startServices('--data', data, ...(await ports()));
    await write(first.redisUrl, first.mongoUri, 'before');
    await end(first, 'SIGINT');
    const second = await startServices('--data', data, ...(await ports()));

    expect(second.mongoUri).not.toBe(first.mongoUri);
    expect(await read(second.redisUrl, second.mongoUri)).toEqual(['before', 'before']);
    await end(second, 'SIGINT');
    expect(readdirSync(data).sort()).toEqual(['mongo', 'redis']);
  });

  it('listens where it is told to, and says so when that port is taken', async () => {
    const port = await freePort();
    const holder = createServer().listen(port, '127.0.0.1');
    const refused = await services('--redis-port', `${port}`);
    holder.close();

    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      `--redis-port: port ${port} cannot be used (EADDRINUSE). Name another one.`,
    );
  });

  it('explains itself, and refuses what it does not know with exit code 2', async () => {
    const [help, unknown, noPort] = await Promise.all([
      services('--help'),
      services('--bogus'),
      services('--mongo-port', '99999'),
    ]);

    expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('--data DIR')]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("Unknown option '--bogus'")]);
    expect([noPort.code, noPort.stderr]).toEqual([
      2,
      expect.stringContaining('--mongo-port: expected a port'),
    ]);
  });
});
