import { drawLatencyMs } from './latency';
import { seededRandom } from './seeded-random';

const drawn = (latency: Parameters<typeof drawLatencyMs>[0], count: number, seed = 7): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => drawLatencyMs(latency, random)).sort((a, b) => a - b);
};

describe('the latency of the routing simulator', () => {
  it('should be what it is fixed to', () => {
    expect(drawn({ fixedMs: 2_000 }, 3)).toEqual([2_000, 2_000, 2_000]);
    expect(drawn({ medianMs: 0, p99Ms: 0 }, 1)).toEqual([0]);
  });

  it('should be spread around its median with a tail of one in a hundred', () => {
    const all = drawn({ medianMs: 200, p99Ms: 2_000 }, 50_000);
    const [median = 0, p99 = 0] = [all[25_000], all[49_500]];
    expect(Math.abs(median - 200)).toBeLessThan(10);
    expect(Math.abs(p99 - 2_000)).toBeLessThan(200);
    expect(all.every((ms) => ms > 0 && Number.isFinite(ms))).toBe(true);
  });

  it('should be the same again for the same seed, and others for another', () => {
    const latency = { medianMs: 200, p99Ms: 2_000 };
    expect(drawn(latency, 20)).toEqual(drawn(latency, 20));
    expect(drawn(latency, 20)).not.toEqual(drawn(latency, 20, 8));
  });
});
