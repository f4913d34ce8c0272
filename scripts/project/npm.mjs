import { basename } from 'node:path';
import { run, lastWords } from '../process/run.mjs';
import { withProgress } from '../terminal/progress.mjs';
import { ROOT } from './places.mjs';

/** npm says where it lies when it runs us; started by hand, it is looked for on the PATH. */
function npmCommand() {
  const { npm_execpath: at } = process.env;
  return at !== undefined && basename(at) === 'npm-cli.js' ? [process.execPath, at] : ['npm'];
}

/** Runs npm in the project, development dependencies included, whatever NODE_ENV says. */
export async function npm(what, args) {
  const env = { ...process.env };
  delete env.NODE_ENV;
  const [command, ...before] = npmCommand();
  const done = await withProgress(what, () => run(command, [...before, ...args], { cwd: ROOT, env }));
  if (done.code === 0) return;
  process.stderr.write(`${done.stdout}\n${done.stderr}\n`);
  throw new Error(`"npm ${args.join(' ')}" failed: ${lastWords(done)}`);
}
