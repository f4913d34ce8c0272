/** A token bucket: so many at once, and so many a second in the long run. */
export interface Limit {
  readonly perSecond: number;
  readonly burst: number;
}

/** Part of a second's worth, and of the burst, that a process may let in before Redis is told. */
const SLICE_SECONDS = 0.1;
const SLICE_OF_BURST = 0.25;

/**
 * How many requests a process may let in on credit. All processes together exceed the limit by no more than
 * this for each of them, for a moment: credit is paid back. 0 for small limits, which are exact.
 */
export const sliceOf = ({ perSecond, burst }: Limit): number =>
  Math.floor(Math.min(perSecond * SLICE_SECONDS, burst * SLICE_OF_BURST));
