import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { guardProcess } from '../process/guard.mjs';
import { ROOT } from '../project/places.mjs';
import { tally } from './tally.mjs';

const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const COVERAGE = ['--coverage', '--coverageReporters=text', '--coverageReporters=text-summary'];
/** The servers, the gateways and the tests share one machine. */
const WORKERS = '--maxWorkers=2';

/**
 * Runs Jest with the arguments of `npm test -- …`. Coverage says something about a whole run only.
 *
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, resultFile: string, onStart: (stop: (signal: string) => void) => void }} options
 * @returns {Promise<{ code: number, passed: number, failed: number, skipped: number }>}
 */
export async function runJest(args, { env, resultFile, onStart }) {
  const report = ['--json', `--outputFile=${resultFile}`];
  const coverage = args.length === 0 ? COVERAGE : [];
  const child = spawn(process.execPath, [JEST, WORKERS, ...coverage, ...report, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const release = guardProcess(child.pid);
  onStart((signal) => child.kill(signal));
  const code = await new Promise((resolve) => child.once('exit', (exitCode) => resolve(exitCode ?? 1)));
  release();
  if (!existsSync(resultFile)) return { code, passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  return { code, ...tally(resultFile) };
}
