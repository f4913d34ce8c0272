import { fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { guardProcess } from '../../scripts/process/guard.mjs';
import { until } from '../../scripts/process/until.mjs';
import { ROOT } from '../../scripts/project/places.mjs';

const KEPT_WORDS = 2_000;

const running = new Set();

/** Only what a deployer's shell would have; nothing of the caller's settings may change what is measured. */
function plainEnvironment(settings) {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  const inherited = Object.entries({ PATH, HOME, TMPDIR, LANG }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(inherited), NODE_ENV: 'production', ...settings };
}

/** A program of this folder that talks with us by messages. */
export function startModule(name, settings = {}) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'];
  return watched(fork(file, { env: plainEnvironment(settings), stdio, execArgv: [] }));
}

export function startNode(args, settings) {
  const stdio = ['ignore', 'pipe', 'pipe'];
  return watched(spawn(process.execPath, args, { cwd: ROOT, env: plainEnvironment(settings), stdio }));
}

/** Adds `lastWords()` and `ended`, a promise of the exit code or signal. It never outlives us. */
function watched(child) {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-KEPT_WORDS)));
  const release = child.pid === undefined ? () => {} : guardProcess(child.pid);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  running.add(child);
  void ended.then(() => {
    running.delete(child);
    release();
  });
  return Object.assign(child, { ended, lastWords: () => said.trim() });
}

/** Asks it to end, then insists. Gives its exit code, or the signal that it took. */
export async function stop(child, withinMs = 20_000) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  try {
    return await child.ended;
  } finally {
    clearTimeout(timer);
  }
}

export const stopAll = () => Promise.all([...running].map((child) => stop(child)));

/** Throws, with its last words, where it has ended. */
export function mustRun(what, child, when = '') {
  if (child.exitCode === null && child.signalCode === null) return;
  throw new Error(`${what} ended${when}:\n${child.lastWords()}`);
}

/** Waits until it answers its readiness check with 200; not a moment longer than it lives. */
export async function ready(what, child, port) {
  const ask = async () => {
    mustRun(what, child, ' before it was ready');
    const signal = AbortSignal.timeout(1_000);
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal }).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => undefined);
    return answer?.status === 200;
  };
  try {
    await until(ask, { timeoutMs: 30_000, what: `${what} is ready` });
  } catch (error) {
    throw new Error(`${error.message}\n${child.lastWords()}`, { cause: error });
  }
}
