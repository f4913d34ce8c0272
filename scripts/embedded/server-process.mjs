import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { guardDirectory, guardProcess } from '../process/guard.mjs';
import { until } from '../process/until.mjs';
import { CACHE } from '../project/places.mjs';
import { reasonOf } from '../terminal/say.mjs';

const READY_WITHIN_MS = 60_000;
const STOP_GRACE_MS = 15_000;

/** A folder that somebody named is kept; one of our own goes with the server. */
async function dataFolder(title, dataDir) {
  if (dataDir !== undefined) {
    await mkdir(dataDir, { recursive: true });
    return { path: resolve(dataDir), keep: true, release: () => {} };
  }
  await mkdir(join(CACHE, 'data'), { recursive: true });
  const path = await mkdtemp(join(CACHE, 'data', `${title}-`));
  return { path, keep: false, release: guardDirectory(path) };
}

/** In a session of its own, so that Ctrl-C reaches us alone and we decide the order of the end. */
function launch(binary, args, logFile, graceMs) {
  const log = openSync(logFile, 'a');
  const child = spawn(binary, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const server = { pid: child.pid, exited: undefined };
  const release = child.pid === undefined ? () => {} : guardProcess(child.pid, { graceMs });
  server.exit = new Promise((done) => {
    const end = (how) => {
      release();
      server.exited = how;
      done();
    };
    child.once('error', (error) => end(reasonOf(error)));
    child.once('exit', (code, signal) => end(`ended with ${signal ?? `exit code ${code}`}`));
  });
  server.signal = (name) => server.exited === undefined && child.kill(name);
  return server;
}

async function waitUntilReady(server, { title, ready, logFile }) {
  const asked = async () => {
    if (server.exited !== undefined) throw new Error(server.exited);
    return ready().catch(() => false);
  };
  try {
    await until(asked, { timeoutMs: READY_WITHIN_MS, what: 'an answer' });
  } catch (error) {
    server.signal('SIGKILL');
    await server.exit;
    const log = await readFile(logFile, 'utf8').catch(() => '');
    throw new Error(
      `${title} did not start: ${reasonOf(error)}\n${log.trim().split('\n').slice(-8).join('\n')}`,
    );
  }
}

/**
 * Starts a server and waits until it is ready.
 *
 * - `kill()` ends it as a loss of power would; its data stay until `stop()`.
 * - `stop()` ends it and removes its data, unless their folder was named: then it ends in its own good order.
 *
 * @param {{ title: string, binary: string, args: (folder: string) => string[], ready: () => Promise<boolean>,
 *   dataDir?: string }} options
 */
export async function startServer({ title, binary, args, ready, dataDir }) {
  const folder = await dataFolder(title, dataDir);
  const remove = async () => {
    if (folder.keep) return;
    await rm(folder.path, { recursive: true, force: true, maxRetries: 5 });
    folder.release();
  };
  const logFile = join(folder.path, 'server.log');
  const server = launch(binary, args(folder.path), logFile, folder.keep ? STOP_GRACE_MS : 0);
  const kill = async () => {
    server.signal('SIGKILL');
    await server.exit;
  };
  const stop = async () => {
    if (folder.keep && server.signal('SIGTERM')) {
      const late = setTimeout(() => server.signal('SIGKILL'), STOP_GRACE_MS);
      await server.exit;
      clearTimeout(late);
    }
    await kill();
    await remove();
  };
  try {
    await waitUntilReady(server, { title, ready, logFile });
  } catch (error) {
    await remove();
    throw error;
  }
  return { pid: server.pid, dataDir: folder.path, kill, stop };
}
