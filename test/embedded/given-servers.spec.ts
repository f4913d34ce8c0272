import { dirname } from 'node:path';
import { freePort } from '../support/free-port';
import { ownMongo, ownRedis, type OwnServer } from '../support/own-servers';
import { fakeProgram } from './fake-program';
import { bareProject, PROJECT, type Ran, runModule, temporaryFolder } from './run-node';

/** Brings up one server with these variables; a binary that only exists must not be started. */
function bringUp(name: 'bringUpRedis' | 'bringUpMongo', env: NodeJS.ProcessEnv, cwd = PROJECT): Promise<Ran> {
  return runModule(
    `import { ${name} } from './scripts/embedded/bring-up.mjs';
     const { url, uri, version, from, pid } = await ${name}({ env: ${JSON.stringify(env)} });
     console.log(JSON.stringify({ at: url ?? uri, version, from, pid }));`,
    { cwd },
  );
}

const unusable = (name: string): string => dirname(fakeProgram(name, 'echo "must not be asked" >&2; exit 1'));

describe('a Redis that is running already', () => {
  let redis: OwnServer;
  beforeAll(async () => (redis = await ownRedis()));
  afterAll(() => redis.stop());

  it('is taken when REDIS_URL is set and it answers', async () => {
    const given = await bringUp('bringUpRedis', { REDIS_URL: redis.url, PATH: unusable('redis-server') });

    const version = expect.stringMatching(/^\d+\.\d+\.\d+$/) as string;
    expect(JSON.parse(given.stdout)).toEqual({ at: redis.url, version, from: 'REDIS_URL' });
    expect(given.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('is not taken with a wrong password, and the password is not told', async () => {
    const url = redis.url.replace('//', '//somebody:top-secret@');
    const given = await bringUp('bringUpRedis', { REDIS_URL: url, PATH: temporaryFolder() }, bareProject());

    expect(given.code).toBe(1);
    expect(given.stderr).toMatch(/REDIS_URL: no use of redis:\/\/127\.0\.0\.1:\d+: WRONGPASS/);
    expect(given.stderr).toContain('redis-server: REDIS_SERVER_BINARY: not set');
    expect(given.stdout + given.stderr).not.toContain('top-secret');
  });
});

describe('a MongoDB that is running already', () => {
  let mongo: OwnServer;
  beforeAll(async () => (mongo = await ownMongo()));
  afterAll(() => mongo.stop());

  it.each([
    ['asked by the driver', () => PROJECT],
    ['asked without any dependency', bareProject],
  ])('is taken when MONGO_URI is set and it answers, %s', async (_, project) => {
    const env = { MONGO_URI: mongo.url, PATH: unusable('mongod') };
    const given = await bringUp('bringUpMongo', env, project());

    expect(JSON.parse(given.stdout)).toMatchObject({ at: mongo.url, from: 'MONGO_URI' });
    expect(given.stderr).toMatch(
      /^mongod: MONGO_URI: \d+\.\d+\.\d+ answers at mongodb:\/\/127\.0\.0\.1:\d+\n$/,
    );
  });
});

describe('a server that does not answer', () => {
  it.each([
    ['bringUpRedis', 'REDIS_URL', 'redis://:top-secret@127.0.0.1'],
    ['bringUpMongo', 'MONGO_URI', 'mongodb://somebody:top-secret@127.0.0.1'],
  ] as const)('%s says so, keeps the password to itself and looks further', async (name, variable, start) => {
    const project = bareProject();
    const url = `${start}:${await freePort()}`;
    const none = { PATH: temporaryFolder(), [variable]: url };
    const given = await bringUp(name, none, project);

    expect(given.code).toBe(1);
    expect(given.stderr).toMatch(
      new RegExp(`${variable}: no use of \\w+://127\\.0\\.0\\.1:\\d+: ECONNREFUSED`),
    );
    expect(given.stderr).toContain('that can be used');
    expect(given.stderr).not.toContain('top-secret');
  });

  it('and what is no address at all is told by the name of its variable', async () => {
    const project = bareProject();
    const given = await bringUp('bringUpMongo', { MONGO_URI: 'localhost', PATH: temporaryFolder() }, project);

    expect(given.stderr).toContain('MONGO_URI: no use of localhost: expected mongodb://host:port/');
  });
});
