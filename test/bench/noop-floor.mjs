import { startModule, stop } from './processes.mjs';

const NAME = 'noop';
const WITHIN_MS = 120_000;

/** Jobs that BullMQ's own worker ends in a second where they do nothing, on the same Redis. */
export async function noopJobsPerSecond(stores, jobs) {
  const worker = startModule('noop-worker.mjs', {
    REDIS_URL: stores.redisUrl,
    QUEUE_PREFIX: stores.nameFor(NAME),
    JOBS: String(jobs),
  });
  const timer = setTimeout(() => worker.kill('SIGKILL'), WITHIN_MS);
  try {
    const { jobsPerSecond } = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      void worker.ended.then((how) =>
        reject(new Error(`the no-op worker ended with ${how}:\n${worker.lastWords()}`)),
      );
    });
    return jobsPerSecond;
  } finally {
    clearTimeout(timer);
    await stop(worker, 2_000);
    await stores.forgetJobs(NAME);
  }
}
