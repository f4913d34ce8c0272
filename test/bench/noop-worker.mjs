/**
 * What a worker is measured against: BullMQ's own, with a handler that does nothing. A job per event, removed when it
 * is done. Says `{jobsPerSecond}` and ends; a process of its own, as the gateway's worker is.
 */
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { CONCURRENCY, FROM, TO } from './drain-span.mjs';

const NAME = 'noop';
const ADDED_AT_ONCE = 500;

const { REDIS_URL, QUEUE_PREFIX: prefix, JOBS } = process.env;
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));

const jobs = Number(JOBS);
const connect = () => new Redis(REDIS_URL, { maxRetriesPerRequest: null });

await addJobs();
process.send({ jobsPerSecond: await workOff() }, () => process.exit(0));

async function addJobs() {
  const queue = new Queue(NAME, { connection: connect(), prefix });
  for (let added = 0; added < jobs; added += ADDED_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(ADDED_AT_ONCE, jobs - added) }, (_, at) => added + at);
    const opts = { removeOnComplete: true };
    await queue.addBulk(numbers.map((at) => ({ name: 'event', data: { eventId: `event-${at}` }, opts })));
  }
}

function workOff() {
  const first = Math.floor(jobs * FROM);
  const last = Math.floor(jobs * TO);
  let done = 0;
  let since;
  return new Promise((resolve) => {
    const handle = async () => {
      done += 1;
      if (done === first) since = performance.now();
      if (done === last) resolve((last - first) / ((performance.now() - since) / 1000));
    };
    new Worker(NAME, handle, { connection: connect(), prefix, concurrency: CONCURRENCY });
  });
}
