import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Handles, HandlesJob } from '#platform/jobs/handles-job';
import { JobWorkers } from '#platform/jobs/job-workers';
import { JobsModule } from '#platform/jobs/jobs.module';
import { RedisModule } from '#platform/redis/redis.module';

/** Far longer than the test may take. */
const DRAIN_TIMEOUT_MS = 600_000;

@HandlesJob('process-batch')
class TakesBatches implements Handles<'process-batch'> {
  readonly handle = (): Promise<void> => Promise.resolve();
}

@HandlesJob('journal-batch')
class TakesJournalBatches implements Handles<'journal-batch'> {
  readonly handle = (): Promise<void> => Promise.resolve();
}

@Module({
  imports: [
    // Nothing listens on this port.
    RedisModule.forRoot({ url: 'redis://127.0.0.1:9', commandTimeoutMs: 200 }),
    JobsModule.forRoot({
      queuePrefix: 'unreached',
      enqueueTimeoutMs: 200,
      drainTimeoutMs: DRAIN_TIMEOUT_MS,
    }),
  ],
  providers: [TakesBatches, TakesJournalBatches],
})
class TestModule {}

describe('workers that never reached Redis', () => {
  it('should have nothing to wait for when the process stops', async () => {
    const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    const workers = app.get(JobWorkers);
    workers.start();
    workers.open('acme', 1);
    await expect(app.close()).resolves.toBeUndefined();
  });
});
