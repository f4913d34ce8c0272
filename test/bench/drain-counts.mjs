import { setTimeout as sleep } from 'node:timers/promises';
import { endings } from './journal.mjs';

const ASK_EVERY_MS = 200;
const TOLD_WITHIN_MS = 5_000;

/** What has become of a backlog, by counting the documents themselves. */
export async function countApplied(stores, name) {
  const history = stores.historyOf(name);
  const [distinct] = await history
    .aggregate([{ $group: { _id: '$eventId' } }, { $count: 'count' }], { allowDiskUse: true })
    .toArray();
  return {
    ends: await endings(stores.journalOf(name)),
    historyEntries: await history.countDocuments(),
    eventsInHistory: distinct?.count ?? 0,
    shipments: await stores.shipmentsOf(name).countDocuments(),
  };
}

/**
 * How many attempts of a worker process ended how, as it says itself: what was done twice shows only there. It tells
 * of the last ones a moment after they are written.
 */
export async function attemptsEnded(worker, events) {
  for (const end = Date.now() + TOLD_WITHIN_MS; ; await sleep(ASK_EVERY_MS)) {
    const attempts = await askAttempts(worker);
    const told = Object.values(attempts).reduce((sum, count) => sum + count, 0);
    if (told >= events || Date.now() > end) return attempts;
  }
}

async function askAttempts({ port }) {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
    signal: AbortSignal.timeout(TOLD_WITHIN_MS),
  });
  const lines = (await answer.text()).matchAll(/^gateway_processing_attempts_total\{(.*)\} (\d+)$/gm);
  const attempts = {};
  for (const [, labels, count] of lines) {
    const outcome = /outcome="(\w+)"/.exec(labels)?.[1] ?? 'unknown';
    attempts[outcome] = (attempts[outcome] ?? 0) + Number(count);
  }
  return attempts;
}
