import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '../..');
/** What the checks read of a project; copied as they are, so that the real settings are the ones put to the test. */
const SETTINGS = ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', 'eslint.config.mjs'];

export type Files = Readonly<Record<string, string>>;

export interface BrokenTree {
  readonly path: string;
  remove(): Promise<void>;
}

/** A small project with our settings and these files. It lies inside ours, so that our node_modules serve it. */
export async function plantTree(files: Files): Promise<BrokenTree> {
  await mkdir(join(PROJECT, '.cache'), { recursive: true });
  const path = await mkdtemp(join(PROJECT, '.cache', 'boundaries-'));
  await Promise.all(SETTINGS.map((name) => copyFile(join(PROJECT, name), join(path, name))));
  await Promise.all(Object.entries(files).map(([name, text]) => plant(join(path, name), text)));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function plant(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
