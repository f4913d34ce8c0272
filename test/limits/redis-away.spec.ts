import { type Limiter } from '#platform/limits/limiter';
import { type OwnServer, ownRedis } from '../support/own-servers';
import { until } from '../support/until';
import { letIn, ProcessBuckets } from './process-buckets';

const LIMIT = { perSecond: 0.1, burst: 10 };

describe('limits while Redis comes and goes', () => {
  /** Their hosts still have a folder to remove. */
  const killed: OwnServer[] = [];
  let redis: OwnServer;
  let processes: ProcessBuckets[];
  let limiters: Limiter[];

  beforeEach(async () => {
    redis = await ownRedis();
    processes = [0, 1].map(() => new ProcessBuckets(redis.url, 'away'));
    await Promise.all(processes.map((process) => process.ready()));
    limiters = processes.map((process) => process.limiter('acme', LIMIT));
  });
  afterEach(async () => {
    for (const process of processes) process.close();
    await Promise.all([redis, ...killed.splice(0)].map((server) => server.stop()));
  });

  const settled = (): Promise<unknown> =>
    until(() => processes.every(({ state }) => state.isAway), { what: 'Redis to be seen as away' });

  it('are enforced as a whole by each process alone, which is counted', async () => {
    redis.kill();
    await letIn(limiters, 2);
    await settled();
    const passed = await Promise.all(limiters.map((limiter) => letIn([limiter], 30)));
    expect(passed).toEqual([9, 9]);
    expect(await Promise.all(processes.map((process) => process.decidedAlone()))).toEqual([31, 31]);
  });

  it('make nobody wait once that is known, not even for a server that hangs', async () => {
    process.kill(redis.pid, 'SIGSTOP');
    try {
      const startedAt = performance.now();
      expect(await letIn(limiters, 2)).toBe(2);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      await settled();
      expect(limiters.map((limiter) => typeof limiter.take())).toEqual(['number', 'number']);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
  });

  it('are shared again when it is back', async () => {
    expect(await letIn(limiters, 4)).toBe(4);
    const { port, dataDir } = redis;
    redis.kill();
    await letIn(limiters, 2);
    await settled();
    killed.push(redis);
    redis = await ownRedis({ port, dataDir });
    await until(() => processes.every(({ state }) => !state.isAway), { what: 'Redis to be seen as back' });
    const again = processes.map((process) => process.limiter('globex', LIMIT));
    expect(await letIn(again, 40)).toBe(10);
  });
});
