/**
 * Ends what a process has left behind. The process writes down here, on our stdin, what it starts and what it
 * makes; when it ends, however it ends, the operating system closes that pipe, and we clean up. Lines:
 *
 *   watch PID GRACE_MS · forget PID · remove DIRECTORY · keep DIRECTORY
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const GONE_WITHIN_MS = 5_000;

const processes = new Map();
const directories = new Set();

const orders = {
  watch: (rest) => processes.set(Number(rest.split(' ')[0]), Number(rest.split(' ')[1])),
  forget: (rest) => processes.delete(Number(rest)),
  remove: (rest) => directories.add(rest),
  keep: (rest) => directories.delete(rest),
};

/** @returns {boolean} whether the process was there; signal 0 only asks */
function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Ended, but nobody has asked how: in a container without an init process that stays so. */
function isZombie(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function gone(pid, withinMs) {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(20)) {
    if (!signal(pid, 0) || isZombie(pid)) return true;
  }
  return false;
}

async function end([pid, graceMs]) {
  if (graceMs > 0 && signal(pid, 'SIGTERM') && (await gone(pid, graceMs))) return;
  signal(pid, 'SIGKILL');
  await gone(pid, GONE_WITHIN_MS);
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [order] = line.split(' ', 1);
    orders[order]?.(line.slice(order.length + 1));
  })
  .once('close', async () => {
    await Promise.all([...processes].map(end));
    for (const directory of directories) {
      await rm(directory, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
    }
  });
