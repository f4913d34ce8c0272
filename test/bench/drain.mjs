import { say } from '../../scripts/terminal/say.mjs';
import { makeBacklog } from './backlog.mjs';
import { drainReport } from './drain-report.mjs';
import { drainBacklog } from './drain-worker.mjs';
import { machineFacts } from './machine.mjs';
import { noopJobsPerSecond } from './noop-floor.mjs';
import { number } from './report.mjs';

/** So many are enough for BullMQ's rate, however long the backlog is. */
const MOST_JOBS = 20_000;

/** Measures how many events one worker process applies in a second, beside BullMQ's own worker with nothing to do. */
export async function drain(stores, { rounds: count, events }) {
  const machine = await machineFacts(stores);
  const settings = { rounds: count, events, jobs: Math.min(events, MOST_JOBS) };
  const rounds = [];
  for (let round = 1; round <= count; round += 1) {
    const figures = await drainRound(stores, `drain-${round}`, settings);
    say(`drain, round ${round} of ${count}: ${inOneLine(figures)}`);
    rounds.push(figures);
  }
  return drainReport({ machine, settings, rounds });
}

/** The other worker is measured on both sides: what drifts meanwhile falls on both alike. */
async function drainRound(stores, name, { events, jobs }) {
  const backlog = await makeBacklog(stores, name, events);
  say(`${name}: a backlog of ${events} events, taken at ${backlog.takenPerSecond.toFixed(0)}/s`);
  const before = await noopJobsPerSecond(stores, jobs);
  const drained = await drainBacklog(stores, backlog);
  const after = await noopJobsPerSecond(stores, jobs);
  await stores.forget(name);
  const jobsPerSecond = (before + after) / 2;
  return {
    ...drained,
    noop: { jobsPerSecond, before, after },
    ratio: drained.eventsPerSecond / jobsPerSecond,
  };
}

function inOneLine({ eventsPerSecond, noop, ratio, cpu }) {
  const rates = `${number(eventsPerSecond, 0)} events/s, ${number(noop.jobsPerSecond, 0)} no-op jobs/s`;
  return `${rates}, ratio ${number(ratio, 3)}, CPU ${number(cpu.total)} s/10k`;
}
