import { until } from '../../scripts/process/until.mjs';
import { attemptsEnded, countApplied } from './drain-counts.mjs';
import { drainProblems } from './drain-problems.mjs';
import { FROM, TO } from './drain-span.mjs';
import { unfinishedAfter } from './journal.mjs';
import { peakMegabytes } from './proc.mjs';
import { cpuPer10k, readProcesses, spanOf } from './readings.mjs';
import { launchProcess } from './targets.mjs';

const LOOK_EVERY_MS = 100;
const LEAST_PER_SECOND = 100;
const LAST_ONES_WITHIN_MS = 60_000;

/** Has one worker process apply a backlog, which has to be whole and untouched, and ends it. */
export async function drainBacklog(stores, { name, settings, events }, nodeArguments = []) {
  const worker = await launchProcess(name, 'worker', settings, nodeArguments);
  const span = await measuredSpan(worker, stores, { name, events });
  await unfinishedAfter(stores.journalOf(name), LAST_ONES_WITHIN_MS);
  await worker.whenReady();
  const attempts = await attemptsEnded(worker, events);
  const peak = peakMegabytes(worker.pid);
  // Before the last look: what it still had under way is written then.
  await worker.stop();
  const counts = { ...(await countApplied(stores, name)), attempts };
  return {
    ...figuresOf(span),
    peakMegabytes: peak,
    counts,
    problems: drainProblems({ events, counts, measured: appliedIn(span) }),
  };
}

/**
 * The readings at both ends of what is measured. The history's size is asked for, which MongoDB keeps beside its
 * documents: to count them, or to have the worker list its metrics, would cost those who are measured.
 */
async function measuredSpan(worker, stores, { name, events }) {
  const pids = { worker: worker.pid, ...stores.pids };
  const history = stores.historyOf(name);
  const reached = (share) => {
    const look = async () => {
      worker.mustRun();
      const applied = await history.estimatedDocumentCount();
      return applied >= share * events ? { ...readProcesses(pids), applied } : undefined;
    };
    const timeoutMs = 60_000 + (events / LEAST_PER_SECOND) * 1000;
    return until(look, {
      timeoutMs,
      what: `${share * 100} % of the backlog applied`,
      everyMs: LOOK_EVERY_MS,
    });
  };
  return { begin: await reached(FROM), end: await reached(TO) };
}

function figuresOf(readings) {
  const applied = appliedIn(readings);
  const span = spanOf(readings);
  return {
    eventsPerSecond: applied / ((span.to - span.from) / 1e6),
    measuredEvents: applied,
    cpu: cpuPer10k('worker', readings, applied),
    span,
  };
}

const appliedIn = ({ begin, end }) => end.applied - begin.applied;
