/**
 * The load generator, a process of its own. Told by message `{port, secret, path, partnerId, connections, seconds, warmUp, rate, requests}`;
 * says `begin` and `end` of the measured time, so that the parent reads CPU times of just that time, then the result.
 * With `requests` the time ends when so many are answered, and after `seconds` at the latest.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pacer } from './pacer.mjs';
import { Sender } from './sender.mjs';
import { percentiles } from './statistics.mjs';

process.once('message', (order) => generate(order));
process.on('disconnect', () => process.exit(1));

async function generate({ warmUp, seconds, rate, ...target }) {
  const sender = new Sender(target, { waitsForOrders: rate !== undefined });
  const pacer = rate === undefined ? undefined : new Pacer(rate, () => sender.order());
  // Without one the very first answer counts, too.
  if (warmUp > 0) await sleep(warmUp * 1000);
  sender.beginToCount();
  const cpu = process.cpuUsage();
  const beganAt = performance.now();
  process.send('begin');
  await Promise.race([sleep(seconds * 1000), sender.allAnswered]);
  const took = (performance.now() - beganAt) / 1000;
  process.send('end');
  const { user, system } = process.cpuUsage(cpu);
  pacer?.stop();
  const { answers, times } = sender.end();
  process.send({ ...resultOf(answers, times, took), generatorCpuSeconds: (user + system) / 1e6 }, () =>
    process.exit(0),
  );
}

function resultOf(answers, times, seconds) {
  const accepted = answers['202'] ?? 0;
  const all = Object.values(answers).reduce((sum, count) => sum + count, 0);
  return {
    requestsPerSecond: accepted / seconds,
    ...percentiles(times),
    accepted,
    errors: all - accepted,
    answers,
  };
}
