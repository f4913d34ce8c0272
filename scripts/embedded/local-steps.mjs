import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {import('./find-binary.mjs').Step} Step */

const isFile = (path) => existsSync(path) && statSync(path).isFile();

function existing(path) {
  if (!isFile(path)) throw new Error(`there is no file ${path}`);
  return path;
}

/** @returns {Step} */
export const namedBy = (variable, env) => ({
  from: variable,
  look: () => {
    const path = env[variable];
    if (!path) throw new Error('not set');
    return existing(path);
  },
});

/** @returns {Step} */
export const onPath = (program, env) => ({
  from: 'PATH',
  look: () => {
    const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
    const found = folders.map((folder) => join(folder, program)).find(isFile);
    if (found === undefined) throw new Error('not there');
    return found;
  },
});

/** Where a fetched binary is kept. */
export const cachedBinary = (program, cache) => join(cache, 'bin', program);

/** @returns {Step} */
export const inCache = (program, cache) => ({
  from: '.cache',
  look: () => {
    if (!isFile(cachedBinary(program, cache))) throw new Error('no copy yet');
    return cachedBinary(program, cache);
  },
});
