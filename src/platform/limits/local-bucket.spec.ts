import { LocalBucket } from './local-bucket';

describe('the bucket of one process alone', () => {
  it('gives the burst at once, then the rate, and says how long to wait', () => {
    const bucket = new LocalBucket({ perSecond: 4, burst: 2 }, 1_000);
    expect([bucket.take(1_000), bucket.take(1_000), bucket.take(1_000)]).toEqual([0, 0, 250]);
    expect(bucket.take(1_125)).toBe(125);
    expect([bucket.take(1_250), bucket.take(1_250)]).toEqual([0, 250]);
  });

  it('never holds more than the burst', () => {
    const bucket = new LocalBucket({ perSecond: 4, burst: 2 }, 0);
    expect([0, 1, 2].map(() => bucket.take(1_000_000))).toEqual([0, 0, 250]);
  });
});
