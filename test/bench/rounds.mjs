import { say } from '../../scripts/terminal/say.mjs';
import { measure } from './measure.mjs';

export const LATENCY_CONNECTIONS = 20;
const FIRST_WARM_UP_SECONDS = 2;
const WARM_UP_SECONDS = 1;

/**
 * Does everything once a round, in an order that rotates, so that what drifts (caches, growing data, other work on the
 * machine) falls on all of it alike.
 *
 * @returns one object per round: the name of each thing, and what `once` gave for it
 */
export async function interleaved(things, rounds, once) {
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const figures = {};
    for (const thing of rotated(things, round)) {
      const warmUp = round === 0 ? FIRST_WARM_UP_SECONDS : WARM_UP_SECONDS;
      figures[thing.name] = await once(thing, { warmUp, place: `round ${round + 1} of ${rounds}` });
    }
    results.push(figures);
  }
  return results;
}

function measureEach(title, targets, stores, rounds, order) {
  return interleaved(targets, rounds, async (target, { warmUp, place }) => {
    const figure = await measure(target, stores, { ...order, warmUp });
    await target.forgetJobs?.();
    say(`${title}, ${place}: ${inOneLine(target.name, figure)}`);
    return figure;
  });
}

export function measureIntake(targets, stores, { rounds, seconds, connections }) {
  return measureEach('intake', targets, stores, rounds, { seconds, connections });
}

export function measureLatency(targets, stores, { rounds, seconds, rate }) {
  const order = { seconds, rate, connections: LATENCY_CONNECTIONS };
  return measureEach(`at ${rate} a second`, targets, stores, rounds, order);
}

function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

export function inOneLine(name, { requestsPerSecond, p50, p99, errors, answers }) {
  const times = `p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms`;
  const wrong = errors > 0 ? `, ${errors} errors ${JSON.stringify(answers)}` : '';
  return `${name.padEnd(9)} ${requestsPerSecond.toFixed(0).padStart(6)}/s, ${times}${wrong}`;
}
