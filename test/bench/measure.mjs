import { setTimeout as sleep } from 'node:timers/promises';
import { startModule, stop } from './processes.mjs';
import { cpuPer10k, readProcesses, spanOf } from './readings.mjs';

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
        if (typeof message === 'string') readings[message] = readProcesses(pids);
        else resolve(message);
      });
      void load.ended.then((how) =>
        reject(new Error(`the load generator ended with ${how}:\n${load.lastWords()}`)),
      );
      load.send({ port, secret, path, partnerId, ...order });
    });
    const { begin, end } = readings;
    const clock = { from: begin.clock, to: end.clock };
    const cpu = cpuPer10k('server', readings, result.accepted);
    return { ...result, cpu, span: spanOf(readings), clock };
  } finally {
    clearTimeout(timer);
    await stop(load, 2_000);
    await sleep(PAUSE_MS);
  }
}
