import { fileURLToPath } from 'node:url';

const preloadOf = (name) => fileURLToPath(new URL(`sabotage/${name}.cjs`, import.meta.url));

/**
 * Ways to break the product from outside: a file that Node loads before the program changes the built classes or the
 * driver in memory. Each with the faults that turn the missing safeguard into a loss, which a ledger must find.
 */
export const SABOTAGES = {
  'no-reconciler': {
    what: 'the reconciler finds nothing',
    preload: preloadOf('no-reconciler'),
    kinds: ['flushall', 'kill-worker', 'flushall'],
  },
  'loose-history': {
    what: 'the history takes an event under a new id each time',
    preload: preloadOf('loose-history'),
    kinds: ['kill-worker', 'kill-mongo', 'kill-worker'],
  },
  'weak-writes': {
    what: 'the journal is written with w: 0, everything else unjournaled',
    preload: preloadOf('weak-writes'),
    kinds: ['kill-mongo', 'kill-mongo', 'kill-mongo'],
  },
};
export const SABOTAGE_NAMES = Object.keys(SABOTAGES);
