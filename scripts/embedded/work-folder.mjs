import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guardDirectory } from '../process/guard.mjs';

/**
 * Lends a folder of its own below `parent`, gone afterwards, whatever happens. What is made in it becomes visible
 * to others only by a rename, so half of a download never counts and two processes never meet.
 *
 * @template T
 * @param {string} parent
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inWorkFolder(parent, work) {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'work-'));
  const release = guardDirectory(folder);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    release();
  }
}
