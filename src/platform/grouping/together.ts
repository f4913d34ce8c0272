import { Grouping } from './grouping';

/** Groups beside one that is under way wait for each other: few large ones cost least. */
const MIN_BESIDE = 8;
const MAX_IN_FLIGHT = 4;
const MAX_ITEMS = 100;

/**
 * Lets callers of one moment share one operation; a caller waits for nobody while nothing is under way. `run` gives one answer per item, in
 * their order; where it rejects, it does for all of them. How many callers there may be is theirs to bound.
 */
export function together<T, R>(run: (items: readonly T[]) => Promise<readonly R[]>): (item: T) => Promise<R> {
  const grouping = new Grouping<T, R>({
    run: async (items) => (await run(items)).map((value) => ({ ok: true, value })),
    sizeOf: () => 1,
    maxItems: MAX_ITEMS,
    maxSize: Infinity,
    maxInFlight: MAX_IN_FLIGHT,
    minItemsBeside: MIN_BESIDE,
    maxWaitingItems: Infinity,
    maxWaitingSize: Infinity,
  });
  return (item) => grouping.add(item);
}
