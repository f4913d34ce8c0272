import { setTimeout as sleep } from 'node:timers/promises';
import { percentiles } from './statistics.mjs';

const ASK_EVERY_MS = 200;

/** The answer is a promise: what was acknowledged must be in the journal, or the figures mean nothing. */
export async function missingInJournal(stores, rounds, name) {
  const acknowledged = rounds.reduce((sum, round) => sum + round[name].accepted, 0);
  const journaled = await stores.journalOf(name).countDocuments();
  if (journaled >= acknowledged) return [];
  return [`${name} acknowledged ${acknowledged} events, but its journal holds ${journaled}`];
}

/** Waits until all entries are finished, and gives how many are not when the time is over. */
export async function unfinishedAfter(journal, withinMs) {
  for (const end = Date.now() + withinMs; ; await sleep(ASK_EVERY_MS)) {
    const unfinished = await journal.countDocuments({ finishedAt: { $exists: false } });
    if (unfinished === 0 || Date.now() > end) return unfinished;
  }
}

/** From receipt to applied, in milliseconds, of what was received in a span of time. */
export async function timesToApplied(journal, partnerId, { from, to }) {
  const received = { partnerId, receivedAt: { $gte: new Date(from), $lte: new Date(to) } };
  const projection = { receivedAt: 1, finishedAt: 1 };
  const entries = await journal.find({ ...received, status: 'processed' }, { projection }).toArray();
  return percentiles(entries.map(({ receivedAt, finishedAt }) => finishedAt - receivedAt));
}

/** How many entries of each partner ended how: `{ partner: { status: count } }`. */
export async function endings(journal) {
  const counts = await journal
    .aggregate([{ $group: { _id: { partnerId: '$partnerId', status: '$status' }, count: { $sum: 1 } } }])
    .toArray();
  const ends = {};
  for (const { _id, count } of counts) (ends[_id.partnerId] ??= {})[_id.status] = count;
  return ends;
}
