import { setTimeout as sleep } from 'node:timers/promises';
import { withProgress } from '../../scripts/terminal/progress.mjs';

export const FINISHED = ['processed', 'dead_lettered', 'ignored'];
const ASK_EVERY_MS = 500;

/**
 * Waits until the system has nothing left to do: every entry of the journal is finished, and all that was
 * acknowledged is in it. Gives the seconds that took, or undefined where it did not come: not within `withinMs`, or
 * nothing moved for `stuckMs`. A slow system gets its time; a broken one is not waited for.
 */
export async function untilQuiet({ ledger, deployment }, { withinMs, stuckMs }) {
  const journal = deployment.database.collection('inbound_events');
  const began = performance.now();
  let seen;
  let movedAt = began;
  const wait = async () => {
    for (let now = began; now - began < withinMs && now - movedAt < stuckMs; now = performance.now()) {
      const state = await look(ledger, journal);
      if (state.open === 0 && state.missing === 0) return (performance.now() - began) / 1000;
      if (state.finished !== seen?.finished || state.missing !== seen.missing) movedAt = now;
      seen = state;
      await sleep(ASK_EVERY_MS);
    }
    return undefined;
  };
  const detail = () =>
    seen === undefined ? '' : `${seen.open} unfinished, ${seen.missing} not in the journal`;
  return withProgress('waiting for quiet', wait, { detail });
}

async function look(ledger, journal) {
  const [all, finished, entries] = await Promise.all([
    journal.countDocuments(),
    journal.countDocuments({ status: { $in: FINISHED } }),
    journal.find({}, { projection: { _id: 1 } }).toArray(),
  ]);
  const known = new Set(entries.map(({ _id }) => _id));
  const receipts = [...ledger.entries.values()].flatMap(({ receipt }) => receipt ?? []);
  return {
    open: all - finished,
    finished,
    missing: receipts.filter(({ eventId }) => !known.has(eventId)).length,
  };
}
