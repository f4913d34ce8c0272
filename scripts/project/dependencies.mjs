import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../terminal/say.mjs';
import { npm } from './npm.mjs';
import { ROOT } from './places.mjs';

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Why `npm ci` is needed, or undefined. npm keeps a lock file of what it has installed inside node_modules; packages
 * for other platforms are missing there by right.
 */
export function whyInstall(root = ROOT) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'there is no node_modules';
  const have = packagesIn(installed);
  for (const [path, wanted] of Object.entries(packagesIn(join(root, 'package-lock.json')))) {
    if (path === '' || have[path]?.version === wanted.version) continue;
    const mayBeMissing = wanted.optional || wanted.devOptional || wanted.extraneous;
    if (have[path] === undefined && mayBeMissing) continue;
    return `${path} should be ${wanted.version}, but is ${have[path]?.version ?? 'missing'}`;
  }
  return undefined;
}

/** Installs the locked dependencies unless they are there. */
export async function installDependencies() {
  const why = whyInstall();
  if (why === undefined) return;
  say(`dependencies: ${why}`);
  await npm('dependencies: npm ci, about a minute', [
    'ci',
    '--include=dev',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  ]);
}
