/** `npm run routing-simulator -- …`: a routing service to try the gateway with, built first where it is not. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { guardProcess } from './process/guard.mjs';
import { build } from './project/build.mjs';
import { installDependencies } from './project/dependencies.mjs';
import { requireNode } from './project/node-version.mjs';
import { ROOT } from './project/places.mjs';
import { onStop } from './terminal/on-stop.mjs';
import { reasonOf, say } from './terminal/say.mjs';

const PROGRAM = join(ROOT, 'dist', 'sandbox', 'routing-simulator.main.js');

requireNode();
try {
  await installDependencies();
  await build();
} catch (error) {
  say(reasonOf(error));
  process.exit(1);
}
const child = spawn(process.execPath, [PROGRAM, ...process.argv.slice(2)], { stdio: 'inherit' });
guardProcess(child.pid);
const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
onStop(() => {
  child.kill('SIGTERM');
  return ended;
});
process.exit(await ended);
