import { changePartner } from './admin.mjs';
import { CONCURRENCY } from './drain-span.mjs';
import { measure } from './measure.mjs';
import { NEVER_REACHED, newSecret, settingsOf, startProcess } from './targets.mjs';

const CONNECTIONS = 50;
/** Connections to MongoDB that a worker asks for beside those of its jobs. */
const SPARE_CONNECTIONS = 10;
/** An intake that takes less than this is no help here. */
const LEAST_PER_SECOND = 100;

/**
 * So many events that nothing has touched: taken by an api process, which is gone again, in the batches that its intake
 * makes of them. Gives what a worker has to be started with.
 */
export async function makeBacklog(stores, name, events) {
  const settings = {
    ...settingsOf(stores, name, newSecret()),
    WORKER_CONCURRENCY: String(CONCURRENCY),
    MONGO_MAX_POOL_SIZE: String(CONCURRENCY + SPARE_CONNECTIONS),
  };
  const api = await startProcess(name, 'api', settings);
  await changePartner(api, 'default', { ...NEVER_REACHED, queue: { concurrency: CONCURRENCY } });
  const order = { warmUp: 0, seconds: 10 + events / LEAST_PER_SECOND, connections: CONNECTIONS };
  const { accepted, answers, requestsPerSecond } = await measure(api, stores, { ...order, requests: events });
  await api.stop();
  const journaled = await stores.journalOf(name).countDocuments();
  if (accepted !== events || journaled !== events)
    throw new Error(
      `the backlog was to be ${events} events: answered ${JSON.stringify(answers)}, the journal holds ${journaled}`,
    );
  return { name, settings, events, takenPerSecond: requestsPerSecond };
}
