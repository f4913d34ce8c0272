/** `npm run fuzz` tries everything; a test run a tenth of it, always the same tenth. */
export const IS_FULL = process.env['FUZZ'] === 'full';

export const runsOf = (full: number): number => (IS_FULL ? full : Math.ceil(full / 10));

/** FUZZ_SEED repeats a failure that was found; without it a full run tries something new every time. */
export const SEED = Number(process.env['FUZZ_SEED'] ?? (IS_FULL ? Date.now() % 2 ** 31 : 20_261_122));
