import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atEnd } from '../process/closing.mjs';
import { freePortFrom, requirePort } from '../process/free-port.mjs';
import { guardProcess } from '../process/guard.mjs';
import { until } from '../process/until.mjs';
import { CACHE, ROOT } from '../project/places.mjs';
import { say } from '../terminal/say.mjs';

const HOST = '127.0.0.1';
const FIRST_PORT = 3000;
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;

/** Secrets of this run; who sets one in the environment keeps it. */
const secrets = () => ({
  SIGNING_SECRET: process.env.SIGNING_SECRET || `whsec_${randomBytes(32).toString('base64')}`,
  ADMIN_API_KEY: process.env.ADMIN_API_KEY || randomBytes(32).toString('base64url'),
  ENCRYPTION_KEYS: process.env.ENCRYPTION_KEYS || `quickstart:${randomBytes(32).toString('base64')}`,
});

/** In a session of its own: on Ctrl-C it is stopped before the stores, not together with them. */
async function launch(env, logFile) {
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const release = guardProcess(child.pid);
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  void ended.then(release);
  atEnd(async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(late);
  });
  return { ended, isRunning: () => child.exitCode === null && child.signalCode === null };
}

async function lastLogLines(logFile) {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-15).join('\n');
}

async function answersReady(url) {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(
    () => undefined,
  );
  return answer?.status === 200;
}

/**
 * Starts `node dist/main.js` in both roles and waits until it is ready.
 *
 * @returns {Promise<{ url: string, logFile: string, ended: Promise<unknown>, secrets: Record<string, string> }>}
 */
export async function startGateway({ port, env: given }) {
  if (!existsSync(join(ROOT, 'dist', 'main.js'))) throw new Error('the build made no dist/main.js');
  const listens =
    port === undefined ? await freePortFrom(FIRST_PORT, HOST) : await requirePort(port, HOST, 'PORT');
  const url = `http://${HOST}:${listens}`;
  await mkdir(join(CACHE, 'quickstart'), { recursive: true });
  const logFile = join(CACHE, 'quickstart', `gateway-${listens}.log`);
  const own = secrets();
  say(`gateway: starting at ${url}`);
  const env = { ...given, ...own, ROLE: 'both', HOST, PORT: `${listens}` };
  const { ended, isRunning } = await launch(env, logFile);
  const ready = async () => {
    if (!isRunning()) throw new Error(`it ended (${await ended})`);
    return answersReady(url);
  };
  await until(ready, { timeoutMs: READY_WITHIN_MS, what: 'ready', everyMs: 100 }).catch(async (error) => {
    throw new Error(`the gateway did not start: ${error.message}\n${await lastLogLines(logFile)}`);
  });
  return { url, logFile, ended, secrets: own };
}
