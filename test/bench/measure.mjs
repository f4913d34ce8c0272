import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from './proc.mjs';
import { startModule, stop } from './processes.mjs';

const SLACK_SECONDS = 20;
/** Lets the last answers' writes settle before somebody else is measured. */
const PAUSE_MS = 300;

/** Puts load on one target and reads what its process and the stores spent meanwhile. */
export async function measure({ pid, port, secret, path, partnerId }, stores, order) {
  const pids = { server: pid, ...stores.pids };
  const readings = {};
  const load = startModule('load.mjs');
  const seconds = order.warmUp + order.seconds + SLACK_SECONDS;
  const timer = setTimeout(() => load.kill('SIGKILL'), seconds * 1000);
  try {
    const result = await new Promise((resolve, reject) => {
      load.on('message', (message) => {
        if (typeof message === 'string') readings[message] = read(pids);
        else resolve(message);
      });
      void load.ended.then((how) =>
        reject(new Error(`the load generator ended with ${how}:\n${load.lastWords()}`)),
      );
      load.send({ port, secret, path, partnerId, ...order });
    });
    const { begin, end } = readings;
    const clock = { from: begin.clock, to: end.clock };
    return { ...result, cpu: cpuPer10k(readings, result.accepted), span: spanOf(readings), clock };
  } finally {
    clearTimeout(timer);
    await stop(load, 2_000);
    await sleep(PAUSE_MS);
  }
}

function read(pids) {
  const cpu = Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]);
  return { cpu: Object.fromEntries(cpu), at: process.hrtime.bigint(), clock: Date.now() };
}

/** CPU seconds for each 10,000 accepted requests, by process; `total` only where all three could be read. */
function cpuPer10k({ begin, end }, accepted) {
  const spent = (name) => ((end.cpu[name] - begin.cpu[name]) / accepted) * 10_000;
  const parts = { server: spent('server'), redis: spent('redis'), mongod: spent('mongod') };
  return { ...parts, total: parts.server + parts.redis + parts.mongod };
}

/** The measured time on the machine's monotonic clock, in microseconds, as a CPU profile counts. */
function spanOf({ begin, end }) {
  return { from: Number(begin.at / 1000n), to: Number(end.at / 1000n) };
}
