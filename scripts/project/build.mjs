import { existsSync, statSync } from 'node:fs';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { ROOT } from './places.mjs';

const SETTINGS = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', '.swcrc'];

/** Written last, so a build that was cut short does not look whole. The build empties dist first. */
const STAMP = join(ROOT, 'dist', '.built');

const changedAt = (path) => statSync(join(ROOT, path)).mtimeMs;

/** Folders count too: removing a file changes only them. */
async function newestSource() {
  const entries = await readdir(join(ROOT, 'src'), { recursive: true });
  const sources = ['src', ...entries.map((entry) => join('src', entry)), ...SETTINGS];
  return Math.max(...sources.filter((path) => existsSync(join(ROOT, path))).map(changedAt));
}

/** Builds unless dist is at least as new as everything it is made of. */
export async function build() {
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs >= (await newestSource())) return;
  const began = new Date();
  await npm('build: npm run build', ['run', 'build']);
  await writeFile(STAMP, '');
  await utimes(STAMP, began, began); // what was changed during the build is newer than it
}
