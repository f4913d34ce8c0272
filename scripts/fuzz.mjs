/**
 * `npm run fuzz`: the generated cases of test/fuzz in full, where `npm test` runs a tenth of them. FUZZ_SEED=N repeats
 * a run; a failure names its seed. Arguments go to Jest.
 */
process.env.FUZZ = 'full';
process.argv.splice(2, 0, 'test/fuzz');
await import('./test.mjs');
