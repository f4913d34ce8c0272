import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../scripts/process/until.mjs';
import { redisCommand } from './store.mjs';

/** So long the workers stand still, for jobs to wait when Redis forgets them. */
const GATHER_MS = 1_500;
const MOST_TRIES = 5;
const JOURNALED_WITHIN_MS = 90_000;

/**
 * FLUSHALL with jobs waiting. What was acknowledged on the queue's word alone, because MongoDB was away, is owed only
 * as long as Redis keeps its data: the flush comes only when the journal holds all that was ever acknowledged.
 */
export async function flushRedis(run) {
  const { workers, stores } = run.deployment;
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const waiting = () => allJournaled(run);
    await until(waiting, { timeoutMs: JOURNALED_WITHIN_MS, what: 'all that is acknowledged is journaled' });
    for (const worker of workers) worker.freeze();
    try {
      await sleep(GATHER_MS);
      // Nothing under way: no answer can come between the look and the flush.
      await run.courier.hold();
      if (!(await allJournaled(run))) continue;
      const keys = await redisCommand(stores.redis, 'DBSIZE');
      await redisCommand(stores.redis, 'FLUSHALL');
      return { victim: { name: `redis with ${keys} keys` }, endedAt: performance.now() };
    } finally {
      run.courier.release();
      for (const worker of workers) worker.thaw();
    }
  }
  throw new Error('flushall: there were always events that only Redis held');
}

/** Of what was acknowledged without the journal, the journal has everything by now. */
async function allJournaled({ ledger, deployment }) {
  const { unjournaled } = ledger;
  if (unjournaled.length === 0) return true;
  const journal = deployment.database.collection('inbound_events');
  const found = await journal.find({ _id: { $in: unjournaled } }, { projection: { _id: 1 } }).toArray();
  ledger.foundInJournal(found.map(({ _id }) => _id));
  return ledger.unjournaled.length === 0;
}
