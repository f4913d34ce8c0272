import fc from 'fast-check';
import { retryDelayMs } from './retry-schedule';

const settings = { maxAttempts: 5, backoffBaseMs: 1_000, multiplier: 2, jitterPercent: 20 };

describe('retryDelayMs', () => {
  it('should grow exponentially from the base', () => {
    const delays = [1, 2, 3, 4].map((attempt) =>
      retryDelayMs(attempt, { ...settings, jitterPercent: 0 }, 0.9),
    );
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it('should stay within the jitter, both ways', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const exact = 1_000 * 2 ** (attempt - 1);
          const delay = retryDelayMs(attempt, settings, random);
          expect(delay).toBeGreaterThanOrEqual(Math.floor(exact * 0.8));
          expect(delay).toBeLessThanOrEqual(Math.ceil(exact * 1.2));
        },
      ),
    );
  });
});
