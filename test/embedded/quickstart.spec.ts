import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { call } from '../support/http';
import { freePort } from '../support/free-port';
import { guard } from '../support/guardian';
import { ownMongo, ownRedis, type OwnServer } from '../support/own-servers';
import { until } from '../support/until';
import { type Ran, runNode } from './run-node';
import { isAlive } from './services-process';
import { projectWithStandIns, type StandIns } from './stand-in-project';

let redis: OwnServer;
let mongo: OwnServer;

beforeAll(async () => {
  [redis, mongo] = await Promise.all([ownRedis(), ownMongo()]);
});
afterAll(() => Promise.all([redis.stop(), mongo.stop()]));

const environment = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  REDIS_URL: redis.url,
  MONGO_URI: mongo.url,
  ...more,
});

function shownOnce(standIns: StandIns, more: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const project = projectWithStandIns(standIns);
  return runNode(['scripts/quickstart.mjs', '--once', '--json'], { cwd: project, env: environment(more) });
}

async function traces(): Promise<string[]> {
  const client = new MongoClient(mongo.url);
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  await client.close();
  const names = databases.map(({ name }) => name).filter((name) => name.startsWith('courier_gateway'));
  const connection = new Redis(redis.url);
  const keys = await connection.keys('*').finally(() => connection.disconnect());
  return [...names, ...keys];
}

/** Starts it to stay, and gives it with the process id of its gateway. */
async function stayingUp(
  port: number,
): Promise<{ child: ChildProcess; stdout: () => string; gateway: number }> {
  const child = spawn(process.execPath, ['scripts/quickstart.mjs'], {
    cwd: projectWithStandIns(),
    env: environment({ PORT: port.toString() }),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (child.pid !== undefined) guard(child.pid);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  await until(() => stdout.includes('its log'), { what: 'the addresses to be shown' });
  const connection = new Redis(redis.url);
  const [key = ''] = await connection.keys('*:trace');
  const gateway = Number(await connection.get(key).finally(() => connection.disconnect()));
  return { child, stdout: () => stdout, gateway };
}

describe('npm run quickstart -- --once --json', () => {
  it('prints one JSON document with what was shown and where the servers came from', async () => {
    const shown = await shownOnce({});

    expect(JSON.parse(shown.stdout)).toEqual({
      ok: true,
      seconds: expect.any(Number) as number,
      services: {
        redis: { version: expect.stringMatching(/^\d/) as string, from: 'REDIS_URL' },
        mongo: { version: expect.stringMatching(/^\d/) as string, from: 'MONGO_URI' },
        routing: { from: 'simulator', url: 'http://127.0.0.1:9/route' },
      },
      requests: [{ partner: 'standard' }],
      events: { accepted: 1 },
      shipments: [],
    });
    expect(shown.code).toBe(0);
    expect(shown.stderr).toContain('sending');
  });

  it("leaves nothing behind on somebody else's servers", async () => {
    await shownOnce({});

    expect(await traces()).toEqual([]);
  });

  it.each([
    ['says that something is wrong', 'console.log(JSON.stringify({ ok: false, events: {} }))'],
    ['fails', 'console.log(JSON.stringify({ ok: true })); process.exit(1)'],
  ])('exits with 1 when the demonstration %s', async (_, demo) => {
    const shown = await shownOnce({ demo });

    expect(JSON.parse(shown.stdout)).toMatchObject({ ok: false });
    expect(shown.code).toBe(1);
  });

  it.each([
    ['no JSON', { demo: 'console.log("a table")' }, 'printed no JSON: a table'],
    [
      'a gateway that ends',
      { gateway: 'console.log("ROLE: expected api"); process.exit(78)' },
      'it ended (78)',
    ],
  ])('says what happened when there is %s', async (_, standIns, reason) => {
    const shown = await shownOnce(standIns);

    expect(JSON.parse(shown.stdout)).toEqual({ ok: false, error: expect.stringContaining(reason) as string });
    expect(shown.code).toBe(1);
  });

  it('refuses a PORT that is taken', async () => {
    const port = await freePort();
    const holder = createServer().listen(port, '127.0.0.1');
    const shown = await shownOnce({}, { PORT: port.toString() });
    holder.close();

    expect(shown.stdout).toContain(`PORT: port ${port} cannot be used (EADDRINUSE)`);
    expect(shown.code).toBe(1);
  });
});

describe('npm run quickstart', () => {
  it('stays up with its addresses, and leaves nothing running on Ctrl-C', async () => {
    const port = await freePort();
    const { child, stdout, gateway } = await stayingUp(port);
    const answer = await call('GET', `http://127.0.0.1:${port}/health/ready`);
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;

    expect(answer.status).toBe(200);
    expect(stdout()).toMatch(/^a table\n/);
    expect(stdout()).toMatch(/admin key {3}\S{32,}\n/);
    expect(child.exitCode).toBe(0);
    expect(isAlive(gateway)).toBe(false);
    expect(await traces()).toEqual([]);
  });

  it('leaves nothing running when it is killed with SIGKILL', async () => {
    const { child, gateway } = await stayingUp(await freePort());
    child.kill('SIGKILL');

    await until(() => !isAlive(gateway), { what: 'the gateway to end' });
  });
});
