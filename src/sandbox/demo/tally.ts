import { type Outcome, type Seen } from './seen';

/** What the numbers of the demonstration count: requests, but for `replayed`, which is repairs that were applied. */
export interface Tally {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  /** At once or after a replay. */
  readonly applied: number;
  /** Kept, but nothing to apply. */
  readonly ignored: number;
  /** Those included that were replayed later. */
  readonly deadLettered: number;
  readonly replayed: number;
}

/** Kept by the journal as an event of its own. */
export const isAccepted = ({ eventId, outcome }: Seen): boolean =>
  eventId !== undefined && outcome !== 'duplicate';

export function tallyOf(all: readonly Seen[]): Tally {
  const count = (...outcomes: readonly Outcome[]) =>
    all.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    accepted: all.filter(isAccepted).length,
    duplicates: count('duplicate'),
    refused: count('refused'),
    applied: count('applied', 'replayed'),
    ignored: count('ignored'),
    deadLettered: count('dead_lettered', 'replayed'),
    replayed: count('replayed'),
  };
}
