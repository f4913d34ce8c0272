import { isDeepStrictEqual } from 'node:util';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Worker } from 'bullmq';
import { type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob } from '#platform/jobs/handles-job';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer } from '#platform/jobs/job-producer';
import { JobWorkers } from '#platform/jobs/job-workers';
import { eventsQueue } from '#platform/jobs/queue-place';
import { JobsModule } from '#platform/jobs/jobs.module';
import { RedisModule } from '#platform/redis/redis.module';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const seen: string[] = [];
/** Ends the job that the partner `busy` has under way. */
let release = (): void => undefined;

@HandlesJob('process-batch')
class TakesBatches implements Handles<'process-batch'> {
  readonly handle = async ({ partnerId, eventIds }: Payload<'process-batch'>): Promise<void> => {
    seen.push(...eventIds);
    if (partnerId === 'busy') await new Promise<void>((resolve) => (release = resolve));
  };
}

@HandlesJob('journal-batch')
class TakesJournalBatches implements Handles<'journal-batch'> {
  readonly handle = (): Promise<void> => Promise.resolve();
}

const stores = testDatabase();

@Module({
  imports: [
    RedisModule.forRoot({ url: stores.redisUrl, commandTimeoutMs: 5_000 }),
    JobsModule.forRoot({
      queuePrefix: stores.queuePrefix,
      enqueueTimeoutMs: 5_000,
      drainTimeoutMs: 5_000,
    }),
  ],
  providers: [TakesBatches, TakesJournalBatches],
})
class TestModule {}

/** BullMQ's own worker for this partner, as the product holds it. */
function workersOf(workers: JobWorkers, partnerId: string): readonly Worker[] {
  const consumers: unknown = Reflect.get(workers, 'consumers');
  if (!(consumers instanceof Set)) throw new Error('JobWorkers holds its consumers elsewhere');
  return [...consumers].flatMap((consumer: unknown) => {
    if (typeof consumer !== 'object' || consumer === null) return [];
    const worker: unknown = Reflect.get(consumer, 'worker');
    const place: unknown = Reflect.get(consumer, 'place');
    const isOfPartner = isDeepStrictEqual(place, eventsQueue(stores.queuePrefix, partnerId));
    return worker instanceof Worker && isOfPartner ? [worker] : [];
  });
}

describe('a worker that fell silent', () => {
  let app: INestApplicationContext;
  let workers: JobWorkers;

  beforeAll(async () => {
    app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    workers = app.get(JobWorkers);
    workers.start();
  });
  afterAll(async () => {
    release();
    await app.close();
    await stores.cleanup();
  });

  const enqueue = (partnerId: string, eventId: string): Promise<void> =>
    app
      .get(JobProducer)
      .enqueue(
        'process-batch',
        partnerId,
        { v: 1, partnerId, eventIds: [eventId] },
        { jobId: newJobId(), priority: 5 },
      );
  const waiting = async (partnerId: string) => (await app.get(JobProducer).counts(partnerId)).waiting;

  it('should be replaced, so that its jobs are begun; one that is busy or has nothing to do is not', async () => {
    for (const partnerId of ['silent', 'busy', 'idle']) workers.open(partnerId, 1);
    const [silent, busy, idle] = ['silent', 'busy', 'idle'].flatMap((partner) => workersOf(workers, partner));
    await enqueue('silent', 'before');
    await enqueue('busy', 'long');
    await until(() => seen.length === 2, { what: 'both workers to take jobs' });
    // What is left of a worker whose connection was lost at a bad moment: it is open, and takes nothing.
    await silent?.pause();
    for (const eventId of ['first', 'second']) await enqueue('silent', eventId);
    await enqueue('busy', 'waits');
    expect(await waiting('silent')).toBe(2);

    await until(() => seen.includes('second'), { what: 'the jobs to be begun', timeoutMs: 30_000 });
    expect(seen).toEqual(['before', 'long', 'first', 'second']);
    const [replacement, ...others] = workersOf(workers, 'silent');
    expect(others).toEqual([]);
    expect(replacement).not.toBe(silent);
    expect(replacement?.concurrency).toBe(1);
    expect(silent?.closing).toBeDefined();
    // These were looked at as often as the silent one.
    expect(workersOf(workers, 'busy')).toEqual([busy]);
    expect(workersOf(workers, 'idle')).toEqual([idle]);
    release();
    await until(() => seen.includes('waits'), { what: 'the busy worker to go on' });
  });
});
