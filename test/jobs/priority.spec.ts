import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue } from 'bullmq';
import { type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob } from '#platform/jobs/handles-job';
import { newJobId } from '#platform/jobs/job-id';
import { type EnqueueOptions, JobProducer } from '#platform/jobs/job-producer';
import { JobWorkers } from '#platform/jobs/job-workers';
import { JobsModule } from '#platform/jobs/jobs.module';
import { eventsQueue } from '#platform/jobs/queue-place';
import { RedisModule } from '#platform/redis/redis.module';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const MINUTE = 60_000;
/** What one step of priority is worth, and the nine from the least urgent to the most urgent. */
const STEP_MINUTES = 20;
const LONGEST_OVERTAKING_MINUTES = 9 * STEP_MINUTES;
const NOW = Date.now();

/** Event ids, in the order in which they were taken. */
const taken: string[] = [];
/** What the test does while a job is under way: nothing is taken meanwhile. */
let during: (eventId: string) => Promise<void> = () => Promise.resolve();

@HandlesJob('process-batch')
class TakesBatches implements Handles<'process-batch'> {
  readonly handle = async ({ eventIds: [eventId = ''] }: Payload<'process-batch'>): Promise<void> => {
    taken.push(eventId);
    await during(eventId);
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

describe('the order in which waiting batches are taken', () => {
  let app: INestApplicationContext;
  let partners = 0;
  let partnerId = '';

  beforeAll(async () => {
    app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    app.get(JobWorkers).start();
  });
  beforeEach(() => {
    partnerId = `p${(partners += 1)}`;
    taken.length = 0;
    during = () => Promise.resolve();
  });
  // What a test leaves in its queue is not taken beside the next one's.
  afterEach(() => app.get(JobWorkers).close(partnerId));
  afterAll(async () => {
    await app.close();
    await stores.cleanup();
  });

  /** A batch that came `minute` minutes after the test began. */
  const enqueue = (eventId: string, priority: number, minute: number, more: Partial<EnqueueOptions> = {}) =>
    app.get(JobProducer).enqueue(
      'process-batch',
      partnerId,
      { v: 1, partnerId, eventIds: [eventId] },
      {
        jobId: newJobId(),
        priority,
        waitingSince: new Date(NOW + minute * MINUTE),
        ...more,
      },
    );
  const take = (): void => app.get(JobWorkers).open(partnerId, 1);
  const allTaken = (count: number) => until(() => taken.length === count, { what: 'all to be taken' });

  it('should let urgent ones overtake a backlog, and all of a priority go as they came', async () => {
    for (let minute = -30; minute < 0; minute += 1) await enqueue(`plain ${minute}`, 5, minute);
    for (const name of ['first', 'second']) await enqueue(`urgent ${name}`, 1, 0);
    await enqueue('least', 10, 0);
    take();
    await allTaken(33);
    expect(taken.slice(0, 4)).toEqual(['urgent first', 'urgent second', 'plain -30', 'plain -29']);
    expect(taken.slice(-2)).toEqual(['plain -1', 'least']);
  });

  it('should take the lower number first of what came at the same time, in whatever order', async () => {
    for (const priority of [7, 10, 1, 4, 9, 2, 8, 3, 6, 5]) await enqueue(`${priority}`, priority, 0);
    take();
    await allTaken(10);
    expect(taken).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
  });

  it('should come to the least urgent one within the bound, however many urgent ones keep coming', async () => {
    const everyMinutes = 10;
    let minute = 0;
    const flood = async (): Promise<void> => {
      if (taken.includes('least') || minute > 100 * everyMinutes) return;
      minute += everyMinutes;
      await enqueue(`urgent ${minute}`, 1, minute);
    };
    await enqueue('least', 10, 0);
    for (let waiting = 0; waiting < 3; waiting += 1) await flood();
    // One more comes for each that is taken: there is always an urgent one that waits.
    during = flood;
    take();
    await until(() => taken.includes('least'), { what: 'the least urgent one to be taken' });
    const before = taken.indexOf('least');
    expect(before * everyMinutes).toBeLessThan(LONGEST_OVERTAKING_MINUTES);
    expect(before * everyMinutes).toBeGreaterThanOrEqual(LONGEST_OVERTAKING_MINUTES - STEP_MINUTES);
  });

  it('should give a retry its place by its age, once it is due', async () => {
    await enqueue('first', 1, 0);
    during = async (eventId) => {
      if (eventId !== 'first') return;
      await enqueue('retry', 5, -24 * 60, { delayMs: 1 });
      await enqueue('fresh', 1, 0);
      expect(await app.get(JobProducer).counts(partnerId)).toEqual({ waiting: 1, active: 1, delayed: 1 });
      const due = Date.now() + 1;
      await until(() => Date.now() > due, { what: 'the retry to be due' });
    };
    take();
    await allTaken(3);
    expect(taken).toEqual(['first', 'retry', 'fresh']);
  });

  it('should take what an older version enqueued with its bare priority, and first', async () => {
    const url = new URL(stores.redisUrl);
    const queue = new Queue('events', {
      connection: { host: url.hostname, port: Number(url.port) },
      prefix: eventsQueue(stores.queuePrefix, partnerId).prefix,
    });
    await enqueue('new', 1, 0);
    for (const priority of [10, 1]) {
      const payload = { v: 1, partnerId, eventIds: [`old ${priority}`] };
      await queue.add('process-batch', payload, { priority });
    }
    expect(await queue.getJobCounts('prioritized')).toEqual({ prioritized: 3 });
    await queue.close();
    take();
    await allTaken(3);
    expect(taken).toEqual(['old 1', 'old 10', 'new']);
  });
});
