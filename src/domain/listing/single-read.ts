/**
 * How one document is read that a person asks for by its id: it may have been written a moment ago, which a
 * secondary need not know yet. Without a primary, an older answer is better than none.
 */
export const SINGLE_READ = { readPreference: 'primaryPreferred' } as const;
