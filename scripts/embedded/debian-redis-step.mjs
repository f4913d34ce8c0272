import { chmod, mkdir, mkdtemp, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lastWords, run } from '../process/run.mjs';
import { say } from '../terminal/say.mjs';
import { fetchInto } from './fetch-into.mjs';
import { cachedBinary } from './local-steps.mjs';
import { inWorkFolder } from './work-folder.mjs';

const STALL_MS = 60_000;

/** apt with its lists and archives inside `folder`: nothing is installed, no service starts, no lock is taken. */
const apt = (folder) => [
  'apt-get',
  '-q',
  ...['-o', `Dir::State::lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${folder}`],
  ...['-o', 'APT::Sandbox::User=root', '-o', 'Debug::NoLocking=true'],
];

async function must(command, args, env) {
  const done = await run(command, args, { env });
  if (done.code !== 0) throw new Error(lastWords(done));
}

async function downloadPackages(folder, env) {
  await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
  await mkdir(join(folder, 'archives', 'partial'), { recursive: true });
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, stallMs: STALL_MS };
  const update = [...apt(folder), 'update'];
  await fetchInto(folder, update, { ...options, what: 'redis-server: apt-get update (lists in .cache)' });
  // "reinstall" makes apt fetch also what it believes to be there; libraries that are missing come along.
  const flags = ['install', '--download-only', '--reinstall', '--yes', '--no-install-recommends'];
  const install = [...apt(folder), ...flags, 'redis-server', 'redis-tools'];
  await fetchInto(folder, install, { ...options, what: 'redis-server: downloading Debian packages' });
}

/** Libraries that the machine lacks lie beside the binary, so a small script shows it the way. */
const launcher = (root) => `#!/bin/sh
libraries=$(find '${root}' -type d -path '*/lib/*-linux-gnu*' | tr '\\n' ':')
LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:-}" exec '${root}/usr/bin/redis-server' "$@"
`;

async function unpackPackages(folder, cache, env) {
  const unpacked = join(folder, 'root');
  const archives = (await readdir(join(folder, 'archives'))).filter((name) => name.endsWith('.deb'));
  for (const name of archives) await must('dpkg', ['-x', join(folder, 'archives', name), unpacked], env);
  const root = await mkdtemp(join(cache, 'debian-redis-'));
  await rename(unpacked, root);
  const script = join(folder, 'redis-server');
  await writeFile(script, launcher(root));
  await chmod(script, 0o755);
  const target = cachedBinary('redis-server', cache);
  await mkdir(dirname(target), { recursive: true });
  await rename(script, target);
  return target;
}

/** Debian's own Redis, unpacked into .cache instead of installed. @returns {import('./find-binary.mjs').Step} */
export const fromDebian = ({ env, cache }) => ({
  from: 'Debian package redis-server',
  look: async () => {
    for (const tool of ['apt-get', 'dpkg']) {
      const { code } = await run(tool, ['--version'], { env });
      if (code !== 0) throw new Error(`skipped: needs ${tool}, which is not there`);
    }
    say(
      "redis-server: fetching Debian's package by apt-get into .cache; nothing is installed on the machine",
    );
    return inWorkFolder(join(cache, 'tmp'), async (folder) => {
      await downloadPackages(folder, env);
      return unpackPackages(folder, cache, env);
    });
  },
});
