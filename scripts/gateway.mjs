/** `npm run gateway -- …`: the command line, built first where it is not. */
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './project/build.mjs';
import { installDependencies } from './project/dependencies.mjs';
import { requireNode } from './project/node-version.mjs';
import { ROOT } from './project/places.mjs';
import { reasonOf, say } from './terminal/say.mjs';

const PROGRAM = join(ROOT, 'dist', 'gateway.main.js');

async function prepare() {
  if (existsSync(PROGRAM)) return; // an operator's machine has a build; who changes the code builds it
  await installDependencies();
  await build();
}

requireNode();
try {
  await prepare();
} catch (error) {
  say(reasonOf(error));
  process.exit(1);
}
const child = spawn(process.execPath, [PROGRAM, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
