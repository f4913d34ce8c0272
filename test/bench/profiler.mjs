import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guardDirectory } from '../../scripts/process/guard.mjs';
import { CACHE } from '../../scripts/project/places.mjs';
import { addUp } from './cpu-profile.mjs';

const SAMPLE_EVERY_MICROSECONDS = '250';

/**
 * Runs one round of a process under Node's own sampling profiler. The round is given the flags that its process is to
 * be started with, has to end that process, and gives its figures with the measured `span`.
 *
 * @returns those figures, and where the time of the main thread went in that span
 */
export async function profiled(round) {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'profile-'));
  const release = guardDirectory(folder);
  const flags = ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', SAMPLE_EVERY_MICROSECONDS];
  try {
    const figures = await round(flags);
    return { figures, sums: addUp(await readProfile(folder), figures.span) };
  } finally {
    await rm(folder, { recursive: true, force: true });
    release();
  }
}

/** Worker threads write a profile of their own; the main thread's has the number 0. */
async function readProfile(folder) {
  const names = await readdir(folder);
  const main = names.find((name) => /\.\d+\.0\.\d+\.cpuprofile$/.test(name));
  if (main === undefined)
    throw new Error('the gateway wrote no CPU profile: it did not end by itself when asked to');
  return JSON.parse(await readFile(join(folder, main), 'utf8'));
}
