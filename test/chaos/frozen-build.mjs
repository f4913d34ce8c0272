import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../../scripts/project/build.mjs';
import { ROOT } from '../../scripts/project/places.mjs';

/** The entry point, what it resolves its modules by, and the data that it reads. */
const PARTS = ['dist', 'config', 'package.json'];

/**
 * Builds if needed, then copies the build into `folder`: processes are started again and again in the course of a
 * run, and a build that somebody makes meanwhile must not be half of what is judged. Lies inside the project, so its
 * packages are found. Gives the path of the program.
 */
export async function frozenBuild(folder) {
  await build();
  await mkdir(folder, { recursive: true });
  for (const part of PARTS) await cp(join(ROOT, part), join(folder, part), { recursive: true });
  return join(folder, 'dist', 'main.js');
}
