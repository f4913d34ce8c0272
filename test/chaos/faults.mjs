import { setTimeout as sleep } from 'node:timers/promises';
import { flushRedis } from './flush-redis.mjs';

const AWAY_MS = [300, 2_500];
const FROZEN_MS = [1_000, 5_000];
const RESTART_MS = [100, 1_000];

/** Each harms one thing and gives `{ victim, endedAt }`: the moment from which the system may be well again. */
const kill = (victimOf) => async (run) => {
  const victim = harm(victimOf(run));
  await victim.kill();
  await sleep(run.random.between(...AWAY_MS));
  return startAgain(victim);
};

const freeze = (victimOf) => async (run) => {
  const victim = harm(victimOf(run));
  victim.freeze();
  await sleep(run.random.between(...FROZEN_MS));
  const endedAt = performance.now();
  victim.thaw();
  return { victim, endedAt };
};

const terminate = (victimOf) => async (run) => {
  const victim = harm(victimOf(run));
  const code = await victim.terminate();
  if (code !== 0) run.problems.push(`${victim.name} was asked to end with SIGTERM and ended with ${code}`);
  return startAgain(victim);
};

const restart = (victimOf) => async (run) => {
  const victim = victimOf(run);
  await victim.stop();
  await sleep(run.random.between(...RESTART_MS));
  return startAgain(victim);
};

function harm(victim) {
  victim.beginHarm?.();
  return victim;
}

async function startAgain(victim) {
  const endedAt = performance.now();
  await victim.start();
  return { victim, endedAt };
}

const api = ({ random, deployment }) => random.pick(deployment.apis);
const worker = ({ random, deployment }) => random.pick(deployment.workers);
const redis = ({ deployment }) => deployment.stores.redis;
const mongo = ({ deployment }) => deployment.stores.mongo;

export const FAULTS = {
  'kill-api': kill(api),
  'kill-worker': kill(worker),
  'kill-redis': kill(redis),
  'kill-mongo': kill(mongo),
  'freeze-api': freeze(api),
  'freeze-worker': freeze(worker),
  'freeze-redis': freeze(redis),
  'freeze-mongo': freeze(mongo),
  'term-api': terminate(api),
  'term-worker': terminate(worker),
  'restart-redis': restart(redis),
  'restart-mongo': restart(mongo),
  flushall: flushRedis,
};
export const FAULT_KINDS = Object.keys(FAULTS);

/** Every kind once, in an order of the seed's, before any comes a second time. */
export function chooseFaults(kinds, rounds, random) {
  const first = random.shuffled(kinds);
  return Array.from({ length: rounds }, (_, round) => first[round] ?? random.pick(kinds));
}
