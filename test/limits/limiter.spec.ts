import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { sliceOf } from '#platform/limits/limit';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { letIn, ProcessBuckets } from './process-buckets';

describe('a limit that processes share', () => {
  const stores = testDatabase();
  const processes = [0, 1].map(() => new ProcessBuckets(stores.redisUrl, stores.queuePrefix));
  const limitersOf = (limit: { perSecond: number; burst: number }, name: string = randomUUID()) =>
    processes.map((process) => process.limiter(name, limit));

  beforeAll(() => Promise.all(processes.map((process) => process.ready())));
  afterAll(async () => {
    for (const process of processes) process.close();
    await stores.cleanup();
  });

  it.each([
    { perSecond: 5, burst: 10 },
    { perSecond: 1, burst: 1 },
    { perSecond: 0.5, burst: 3 },
    { perSecond: 9, burst: 100 },
  ])('is exact where it is small: %j', async (limit) => {
    const startedAt = performance.now();
    const passed = await letIn(limitersOf(limit), 200);
    const refilled = Math.ceil(((performance.now() - startedAt) / 1000) * limit.perSecond);
    expect(passed).toBeGreaterThanOrEqual(limit.burst);
    expect(passed).toBeLessThanOrEqual(limit.burst + refilled);
  });

  it('asks nobody on the common way', () => {
    const [limiter] = limitersOf({ perSecond: 1_000, burst: 2_000 });
    const waits = Array.from({ length: 100 }, () => limiter?.take());
    expect(waits.every((wait) => wait === 0)).toBe(true);
  });

  it('is exceeded by a slice for each process at most, and that is paid back', async () => {
    const limit = { perSecond: 200, burst: 400 };
    const limiters = limitersOf(limit);
    const startedAt = performance.now();
    let passed = 0;
    while (performance.now() - startedAt < 1_500) {
      passed += await letIn(limiters, 50);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const allowed = limit.burst + limit.perSecond * seconds;
    expect(passed).toBeLessThanOrEqual(allowed + limiters.length * sliceOf(limit) + 1);
    expect(passed).toBeGreaterThan(allowed * 0.95 - limiters.length * sliceOf(limit));
  });

  it('says how long to wait, and lets in again after that', async () => {
    const [limiter] = limitersOf({ perSecond: 4, burst: 1 });
    expect(await limiter?.take()).toBe(0);
    const wait = await limiter?.take();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(250);
    await until(async () => (await limiter?.take()) === 0, { what: 'the next token', timeoutMs: 2_000 });
  });

  it('refuses a flood without asking Redis each time', async () => {
    const [limiter] = limitersOf({ perSecond: 0.1, burst: 1 });
    await limiter?.take();
    await limiter?.take();
    const waits = Array.from({ length: 1_000 }, () => limiter?.take());
    expect(waits.every((wait) => typeof wait === 'number' && wait > 0)).toBe(true);
  });

  it('leaves no key behind', async () => {
    const redis = new Redis(stores.redisUrl);
    try {
      const name = randomUUID();
      await letIn(limitersOf({ perSecond: 5, burst: 10 }, name), 20);
      const [key] = await redis.keys(`${stores.queuePrefix}:limit:test:*${name}*`);
      const leftMs = await redis.pttl(key ?? '');
      expect(leftMs).toBeGreaterThan(0);
      expect(leftMs).toBeLessThanOrEqual(3_100);
    } finally {
      redis.disconnect();
    }
  });

  it('is known by its key, whoever asks first', async () => {
    const name = randomUUID();
    const limit = { perSecond: 0.1, burst: 4 };
    expect(await letIn(limitersOf(limit, name), 10)).toBe(4);
    expect(await letIn(limitersOf(limit, name), 10)).toBe(0);
    expect(await letIn(limitersOf(limit), 10)).toBe(4);
  });

  it('is kept, and Redis not taken for away, where it would fill in more time than Redis can count', async () => {
    const name = randomUUID();
    const limiters = limitersOf({ perSecond: 1e-300, burst: 4 }, name);
    expect(await letIn(limiters, 10)).toBe(4);
    expect(processes.map(({ state }) => state.isAway)).toEqual([false, false]);
  });
});
