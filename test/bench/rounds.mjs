import { say } from '../../scripts/terminal/say.mjs';
import { measure } from './measure.mjs';

const LATENCY_CONNECTIONS = 20;
const FIRST_WARM_UP_SECONDS = 2;
const WARM_UP_SECONDS = 1;

/**
 * Measures every target once a round, in an order that rotates, so that what drifts (caches, growing data, other
 * work on the machine) falls on all of them alike.
 *
 * @returns one object per round: the name of each target, and what was measured
 */
async function interleaved(title, targets, stores, rounds, order) {
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const figures = {};
    for (const target of rotated(targets, round)) {
      const warmUp = round === 0 ? FIRST_WARM_UP_SECONDS : WARM_UP_SECONDS;
      const figure = await measure(target, stores, { ...order, warmUp });
      await target.forgetJobs?.();
      figures[target.name] = figure;
      say(`${title}, round ${round + 1} of ${rounds}: ${inOneLine(target.name, figure)}`);
    }
    results.push(figures);
  }
  return results;
}

export function measureIntake(targets, stores, { rounds, seconds, connections }) {
  return interleaved('intake', targets, stores, rounds, { seconds, connections });
}

export function measureLatency(targets, stores, { rounds, seconds, rate }) {
  const order = { seconds, rate, connections: LATENCY_CONNECTIONS };
  return interleaved(`at ${rate} a second`, targets, stores, rounds, order);
}

function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

function inOneLine(name, { requestsPerSecond, p50, p99, errors, answers }) {
  const times = `p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms`;
  const wrong = errors > 0 ? `, ${errors} errors ${JSON.stringify(answers)}` : '';
  return `${name.padEnd(7)} ${requestsPerSecond.toFixed(0).padStart(6)}/s, ${times}${wrong}`;
}
