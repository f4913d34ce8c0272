import { setTimeout as pause } from 'node:timers/promises';
import { type Payload } from '#platform/jobs/catalogue';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer } from '#platform/jobs/job-producer';
import { RedisConnections } from '#platform/redis/redis-connections';
import { type OwnServer, ownRedis } from '../support/own-servers';
import { until } from '../support/until';

const TIMEOUT_MS = 200;

/** A queue that is first used while Redis is away must not stay broken when Redis is back. */
describe('a queue that is first used in an outage', () => {
  let redis: OwnServer;
  let connections: RedisConnections;
  let producer: JobProducer;

  beforeAll(async () => {
    redis = await ownRedis();
  });
  beforeEach(async () => {
    connections = new RedisConnections({ url: redis.url, commandTimeoutMs: TIMEOUT_MS });
    producer = new JobProducer(connections, {
      queuePrefix: `t_${newJobId()}`,
      enqueueTimeoutMs: TIMEOUT_MS,
      drainTimeoutMs: 500,
    });
    await until(() => connections.ping().then(() => true), { what: 'Redis to answer' });
  });
  afterEach(async () => {
    redis.resume();
    await producer.onApplicationShutdown();
    connections.onApplicationShutdown();
  });
  afterAll(() => redis.stop());

  const enqueue = async (): Promise<true> => {
    const payload: Payload<'process-batch'> = { v: 1, partnerId: 'acme', eventIds: ['evt_1'] };
    await producer.enqueue('process-batch', 'acme', payload, { jobId: newJobId(), priority: 5 });
    return true;
  };

  it('should take jobs when Redis answers again', async () => {
    redis.pause();
    await expect(enqueue()).rejects.toThrow('cannot be reached');
    // Past the time-out of every command that the client sent by itself.
    await pause(2 * TIMEOUT_MS);
    redis.resume();
    await until(enqueue, { what: 'the queue to take a job', timeoutMs: 5_000 });
    expect((await producer.counts('acme')).waiting).toBeGreaterThan(0);
  });

  it('should not take, when Redis is back, what it refused before', async () => {
    redis.kill();
    await until(
      () =>
        connections.ping().then(
          () => false,
          () => true,
        ),
      { what: 'Redis to be gone' },
    );
    await expect(enqueue()).rejects.toThrow('cannot be reached');
    const { port } = redis;
    await redis.stop();
    redis = await ownRedis({ port });
    await until(enqueue, { what: 'the queue to take a job', timeoutMs: 5_000 });
    expect((await producer.counts('acme')).waiting).toBe(1);
  });

  it('should tell which jobs are unfinished when Redis answers again', async () => {
    redis.pause();
    await expect(producer.unfinished('acme', ['b-1'])).rejects.toThrow('cannot be reached');
    await pause(2 * TIMEOUT_MS);
    redis.resume();
    const asked = () => producer.unfinished('acme', ['b-1']);
    expect(await until(asked, { what: 'an answer', timeoutMs: 5_000 })).toEqual(new Set());
  });
});
