import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd } from '../process/closing.mjs';
import { guardProcess } from '../process/guard.mjs';
import { until } from '../process/until.mjs';
import { ROOT } from '../project/places.mjs';
import { say } from '../terminal/say.mjs';

const SIMULATOR = join('dist', 'sandbox', 'routing-simulator.main.js');
/** As a quick service answers: the demonstration waits for it with every event. */
const LATENCY = ['--latency-ms', '60', '--latency-p99-ms', '300'];
const READY_WITHIN_MS = 15_000;

/** In a session of its own, as the gateway is: it must be there until the gateway has stopped. */
async function startSimulator() {
  if (!existsSync(join(ROOT, SIMULATOR))) throw new Error(`the build made no ${SIMULATOR}`);
  const child = spawn(process.execPath, [SIMULATOR, '--port', '0', ...LATENCY], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const release = guardProcess(child.pid);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  void ended.then(release);
  atEnd(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  const address = () => {
    if (child.exitCode !== null) throw new Error(`the routing simulator ended (${child.exitCode})`);
    return /^ROUTING_URL=(\S+)\n/m.exec(stdout)?.[1];
  };
  return until(address, { timeoutMs: READY_WITHIN_MS, what: 'the routing simulator' });
}

/**
 * The service that decides where parcels go next: the one that ROUTING_URL names, else a simulator.
 *
 * @returns {Promise<{ env: { ROUTING_URL: string }, service: { from: string, url?: string } }>}
 */
export async function openRouting() {
  const given = process.env.ROUTING_URL;
  if (given) return { env: { ROUTING_URL: given }, service: { from: 'ROUTING_URL' } };
  const url = await startSimulator();
  say(`routing service: simulated at ${url}`);
  return { env: { ROUTING_URL: url }, service: { from: 'simulator', url } };
}
