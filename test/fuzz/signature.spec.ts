import fc from 'fast-check';
import { runsOf, SEED } from './runs';
import { signatureProperties } from './signature-properties';

const RUNS = runsOf(10_000);

describe(`a genuine request, changed in ${RUNS} ways`, () => {
  it.each(signatureProperties().map(({ name, property }) => [name, property] as const))(
    'should never be accepted under %s',
    (_, property) => {
      fc.assert(property, { numRuns: RUNS, seed: SEED });
    },
    // Signing with a key pair is what takes long.
    20_000 + RUNS * 20,
  );
});
