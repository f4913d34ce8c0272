import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type INestApplicationContext } from '@nestjs/common';
import { Queue } from 'bullmq';
import { type JobName, type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob, type JobFacts } from '#platform/jobs/handles-job';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer, QueueUnavailableError } from '#platform/jobs/job-producer';
import { JobWorkers } from '#platform/jobs/job-workers';
import { JobsModule } from '#platform/jobs/jobs.module';
import { eventsQueue } from '#platform/jobs/queue-place';
import { carryEvent } from '#ingestion/carry-event';
import { anInboundEvent } from '../builders/an-inbound-event';
import { RedisModule } from '#platform/redis/redis.module';
import { freePort } from '../support/free-port';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const seen: Payload<JobName>[] = [];
/** Set by a test that wants its jobs to take time. */
let hold: Promise<void> = Promise.resolve();
let aborted = false;

@HandlesJob('process-batch')
class TakesBatches implements Handles<'process-batch'> {
  readonly handle = async (payload: Payload<'process-batch'>, _job: JobFacts, signal: AbortSignal) => {
    seen.push(payload);
    const end = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    await Promise.race([hold, end]);
    aborted ||= signal.aborted;
  };
}

@HandlesJob('journal-batch')
class TakesJournalBatches implements Handles<'journal-batch'> {
  readonly handle = (payload: Payload<'journal-batch'>): Promise<void> => {
    seen.push(payload);
    return Promise.resolve();
  };
}

@HandlesJob('process-batch')
class AlsoTakesBatches extends TakesBatches {}

const stores = testDatabase();
const apps: INestApplicationContext[] = [];

async function start(
  handlers: readonly Type[],
  { redisUrl = stores.redisUrl, drainTimeoutMs = 10_000 } = {},
): Promise<INestApplicationContext> {
  @Module({
    imports: [
      RedisModule.forRoot({ url: redisUrl, commandTimeoutMs: 500 }),
      JobsModule.forRoot({ queuePrefix: stores.queuePrefix, enqueueTimeoutMs: 500, drainTimeoutMs }),
    ],
    providers: [...handlers],
  })
  class TestModule {}

  const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
  apps.push(app);
  return app;
}

const batch = (partnerId: string, ...eventIds: string[]) => ({ v: 1 as const, partnerId, eventIds });

/** Opens the partner and lets a job of it run until the function is called that this gives. */
async function runningJob(app: INestApplicationContext, partnerId: string): Promise<() => void> {
  let release = (): void => undefined;
  hold = new Promise((resolve) => (release = resolve));
  const before = seen.length;
  app.get(JobWorkers).start();
  app.get(JobWorkers).open(partnerId, 1);
  const options = { jobId: newJobId(), priority: 5 };
  await app.get(JobProducer).enqueue('process-batch', partnerId, batch(partnerId, 'e'), options);
  await until(() => seen.length > before, { what: 'the job to run' });
  return release;
}

describe('jobs', () => {
  afterEach(async () => {
    seen.length = 0;
    hold = Promise.resolve();
    aborted = false;
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });
  afterAll(() => stores.cleanup());

  it('should not start to consume with a job that has no handler, or two', async () => {
    const none = await start([TakesBatches]);
    expect(() => none.get(JobWorkers).start()).toThrow('jobs without a handler: journal-batch');
    const two = await start([TakesBatches, AlsoTakesBatches, TakesJournalBatches]);
    expect(() => two.get(JobWorkers).start()).toThrow('job "process-batch" has two handlers');
  });

  it('should take jobs only after start, and only of partners that were opened', async () => {
    const app = await start([TakesBatches, TakesJournalBatches]);
    const workers = app.get(JobWorkers);
    const producer = app.get(JobProducer);
    workers.open('early', 1);
    workers.start();
    workers.open('opened', 2);
    for (const partnerId of ['unopened', 'early', 'opened']) {
      await producer.enqueue('process-batch', partnerId, batch(partnerId, 'e'), {
        jobId: newJobId(),
        priority: 5,
      });
    }
    await until(() => seen.length === 1, { what: 'the job of the open partner' });
    expect(seen).toEqual([batch('opened', 'e')]);
    const untouched = { waiting: 1, active: 0, delayed: 0 };
    expect(await producer.counts('unopened')).toEqual(untouched);
    expect(await producer.counts('early')).toEqual(untouched);
  });

  it('should enqueue the same job once, sooner priorities first, and tell what is unfinished', async () => {
    const app = await start([TakesBatches, TakesJournalBatches]);
    const producer = app.get(JobProducer);
    const ids = [newJobId(), newJobId(), newJobId()];
    const [late = '', soon = '', delayed = ''] = ids;
    await producer.enqueue('process-batch', 'p', batch('p', 'late'), { jobId: late, priority: 9 });
    await producer.enqueue('process-batch', 'p', batch('p', 'again'), { jobId: late, priority: 9 });
    await producer.enqueue('process-batch', 'p', batch('p', 'soon'), { jobId: soon, priority: 1 });
    await producer.enqueue('process-batch', 'p', batch('p', 'x'), {
      jobId: delayed,
      priority: 1,
      delayMs: 60_000,
    });
    expect(await producer.unfinished('p', [...ids, 'b-none'])).toEqual(new Set(ids));
    app.get(JobWorkers).start();
    app.get(JobWorkers).open('p', 1);
    await until(() => seen.length === 2, { what: 'both jobs' });
    expect(seen).toEqual([batch('p', 'soon'), batch('p', 'late')]);
    const done = async () => (await producer.unfinished('p', ids)).size === 1;
    await until(done, { what: 'finished jobs to be gone' });
  });

  it('should take what is to be journaled though nobody takes from the queue of its partner', async () => {
    const app = await start([TakesBatches, TakesJournalBatches]);
    const producer = app.get(JobProducer);
    const event = carryEvent(anInboundEvent());
    const payload = { v: 1 as const, partnerId: 'paused', events: [event] };
    await producer.enqueue('journal-batch', 'paused', payload, { jobId: newJobId(), priority: 5 });
    await producer.enqueue('process-batch', 'paused', batch('paused', 'x'), {
      jobId: newJobId(),
      priority: 1,
    });
    expect(await producer.unjournaled()).toMatchObject({ waiting: 1 });
    app.get(JobWorkers).start();
    await until(() => seen.length > 0, { what: 'the journal batch' });
    expect(seen).toEqual([payload]);
    expect(await producer.counts('paused')).toMatchObject({ waiting: 1 });
  });

  it('should fail an unknown or malformed job for good, never skip it', async () => {
    const app = await start([TakesBatches, TakesJournalBatches]);
    const url = new URL(stores.redisUrl);
    const queue = new Queue('events', {
      connection: { host: url.hostname, port: Number(url.port) },
      prefix: eventsQueue(stores.queuePrefix, 'odd').prefix,
    });
    const unknown = await queue.add('no-such-job', {});
    const malformed = await queue.add('process-batch', { v: 2, eventIds: [] });
    app.get(JobWorkers).start();
    app.get(JobWorkers).open('odd', 1);
    const reasons = async () => {
      const jobs = await Promise.all([unknown, malformed].map(({ id }) => queue.getJob(id ?? '')));
      const found = jobs.map((job) => job?.failedReason);
      return found.every(Boolean) && found;
    };
    expect(await until(reasons, { what: 'both jobs to fail' })).toEqual([
      'no handler for job "no-such-job"',
      'malformed payload of job "process-batch"',
    ]);
    expect(seen).toEqual([]);
    await queue.close();
  });

  it('should stop taking jobs of a partner that is closed, while others go on', async () => {
    const app = await start([TakesBatches, TakesJournalBatches]);
    const workers = app.get(JobWorkers);
    workers.start();
    workers.open('a', 1);
    workers.open('b', 1);
    await workers.close('a');
    for (const partnerId of ['a', 'b']) {
      const options = { jobId: newJobId(), priority: 5 };
      await app.get(JobProducer).enqueue('process-batch', partnerId, batch(partnerId, 'e'), options);
    }
    await until(() => seen.length === 1, { what: 'the job of b' });
    expect(await app.get(JobProducer).counts('a')).toEqual({ waiting: 1, active: 0, delayed: 0 });
  });

  it('should let everybody who closes a partner wait for its running jobs, and the process too', async () => {
    const app = await start([TakesBatches, TakesJournalBatches]);
    const workers = app.get(JobWorkers);
    const release = await runningJob(app, 'p');
    const ended: string[] = [];
    const closing = ['first', 'second'].map((name) => workers.close('p').then(() => ended.push(name)));
    const stopping = app.close().then(() => ended.push('process'));
    // Long enough for a close that waits for nothing.
    await app.get(JobProducer).counts('p');
    expect(ended).toEqual([]);
    release();
    await Promise.all([...closing, stopping]);
    expect(ended).toHaveLength(3);
    expect(aborted).toBe(false);
  });

  it('should take jobs of a partner again that comes back while its last jobs still run', async () => {
    const app = await start([TakesBatches, TakesJournalBatches]);
    const workers = app.get(JobWorkers);
    const release = await runningJob(app, 'p');
    const closing = workers.close('p');
    workers.open('p', 1);
    const options = { jobId: newJobId(), priority: 5 };
    await app.get(JobProducer).enqueue('process-batch', 'p', batch('p', 'next'), options);
    await until(() => seen.length === 2, { what: 'the next job' });
    release();
    await closing;
  });

  it('should let running jobs end when the process stops', async () => {
    const app = await start([TakesBatches, TakesJournalBatches]);
    const release = await runningJob(app, 'p');
    let closed = false;
    const closing = app.close().then(() => (closed = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
    release();
    await closing;
    expect(aborted).toBe(false);
  });

  it('should abort jobs that outlast the drain', async () => {
    const app = await start([TakesBatches, TakesJournalBatches], { drainTimeoutMs: 100 });
    await runningJob(app, 'p');
    await app.close();
    expect(aborted).toBe(true);
  });

  it('should refuse to enqueue in bounded time when Redis was never there', async () => {
    const app = await start([TakesBatches, TakesJournalBatches], {
      redisUrl: `redis://127.0.0.1:${await freePort()}`,
    });
    const enqueued = app
      .get(JobProducer)
      .enqueue('process-batch', 'p', batch('p', 'e'), { jobId: newJobId(), priority: 5 });
    await expect(enqueued).rejects.toThrow(QueueUnavailableError);
  });
});
