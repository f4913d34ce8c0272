import { lastWords, run } from '../process/run.mjs';
import { atLeast } from '../project/node-version.mjs';
import { reasonOf, say } from '../terminal/say.mjs';

/**
 * @typedef {{ binary: string, version: string, from: string }} FoundBinary
 *
 * One place to look: `look` gives the path of a binary, or throws with the reason why there is none.
 * @typedef {{ from: string, look: () => string | Promise<string> }} Step
 *
 * @typedef {{ program: string, minimum: string, version: RegExp, advice: string }} Wanted
 */

export class ServerNotFoundError extends Error {}

/** What cannot run cannot serve: a binary counts only after it told its version. */
export async function proveBinary(path, { program, minimum, version }) {
  const told = await run(path, ['--version'], { timeoutMs: 15_000 });
  if (told.code !== 0) throw new Error(`${path} does not run: ${lastWords(told)}`);
  const [, found] = version.exec(told.stdout) ?? [];
  if (found === undefined) throw new Error(`${path} does not say that it is ${program}`);
  if (!atLeast(found, minimum)) throw new Error(`${path} is ${found}, needed is ${minimum} or newer`);
  return found;
}

/**
 * Walks the steps in order, says each in one line, and gives the first binary that runs.
 *
 * @param {Wanted} wanted
 * @param {readonly Step[]} steps
 * @returns {Promise<FoundBinary>}
 */
export async function findBinary(wanted, steps) {
  for (const { from, look } of steps) {
    try {
      const binary = await look();
      const version = await proveBinary(binary, wanted);
      say(`${wanted.program}: ${from}: ${version} (${binary})`);
      return { binary, version, from };
    } catch (error) {
      say(`${wanted.program}: ${from}: ${reasonOf(error)}`);
    }
  }
  throw new ServerNotFoundError(`There is no ${wanted.program} that can be used.\n${wanted.advice}`);
}
