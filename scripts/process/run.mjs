import { spawn } from 'node:child_process';
import { guardProcess } from './guard.mjs';

const KEPT = 200_000;

/**
 * Runs a command to its end and gives back what it said. Never throws for a command that fails: look at `code`
 * (127 when there is no such command).
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>}
 */
export function run(command, args, { cwd, env, signal, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      signal,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const release = child.pid === undefined ? () => {} : guardProcess(child.pid);
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream]
        .setEncoding('utf8')
        .on('data', (text) => (said[stream] = (said[stream] + text).slice(-KEPT)));
    }
    const end = (code) => {
      release();
      resolve({ code, ...said });
    };
    child.once('error', (error) => {
      said.stderr += error.message;
      if (child.pid === undefined) end(127);
    });
    child.once('close', end);
  });
}

/** The last thing a failed command said, on one line. */
export function lastWords({ stdout, stderr }) {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '')?.slice(0, 300) ?? 'it said nothing';
}
