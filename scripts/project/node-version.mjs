import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './places.mjs';
import { say } from '../terminal/say.mjs';

const numbers = (version) => version.match(/\d+/g).slice(0, 3).map(Number);

/** True when `version` ("20.20.2") is at least `minimum` ("20.19"). */
export function atLeast(version, minimum) {
  const [have, want] = [numbers(version), numbers(minimum)];
  for (const [index, part] of want.entries()) {
    if ((have[index] ?? 0) !== part) return (have[index] ?? 0) > part;
  }
  return true;
}

/** Ends the process with a clear word when Node.js is older than package.json asks for. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  if (atLeast(process.versions.node, engines.node)) return;
  say(
    `This project needs Node.js ${engines.node}, this is ${process.version}. Install a newer one, try again.`,
  );
  process.exit(1);
}
