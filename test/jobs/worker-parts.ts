import { DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { DEAD_LETTERS } from '#domain/dead-letters/dead-letters.schema';
import { EventWorkRepository } from '#domain/events/event-work.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { JobProducer } from '#platform/jobs/job-producer';
import { RedisConnections } from '#platform/redis/redis-connections';
import { Metrics } from '#platform/telemetry/metrics';
import { DeadLetterWriter } from '#processing/dead-letter-writer';
import { FailureSettler } from '#processing/failure-settler';
import { ProcessingSettings } from '#processing/processing-settings';
import { Reconciler } from '#processing/reconciler';
import { ProcessPartners } from '../partners/process-partners';
import { migratedDatabase } from '../support/migrated-database';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { RETENTION } from '../dlq-review/dead-letter-stores';

const RETRY = { maxAttempts: 5, backoffBaseMs: 1_000, multiplier: 2, jitterPercent: 0 };

export type WorkerParts = Awaited<ReturnType<typeof startWorkerParts>>;

/** What settles failed attempts and finds what was left behind, on real stores; nothing runs by itself. */
export async function startWorkerParts() {
  const stores = testDatabase();
  const { database, close } = await migratedDatabase([INBOUND_EVENTS, DEAD_LETTERS]);
  const connections = new RedisConnections({ url: stores.redisUrl, commandTimeoutMs: 5_000 });
  const { queuePrefix } = stores;
  const producer = new JobProducer(connections, {
    queuePrefix,
    enqueueTimeoutMs: 5_000,
    drainTimeoutMs: 500,
  });
  await until(() => connections.ping().then(() => true), { what: 'Redis to answer' });

  const work = new EventWorkRepository(database, RETENTION);
  const overdue = new OverdueEventRepository(database);
  const letters = new DeadLetterRepository(database, RETENTION);
  const writer = new DeadLetterWriter(work, letters);
  const { directory } = new ProcessPartners(database);
  const settings = new ProcessingSettings(RETRY);
  return {
    database,
    work,
    overdue,
    letters,
    producer,
    settler: new FailureSettler(work, writer, producer, directory, settings),
    reconciler: new Reconciler(overdue, producer, writer, new Metrics()),
    close: async () => {
      await producer.onApplicationShutdown();
      connections.onApplicationShutdown();
      await close();
      await stores.cleanup();
    },
  };
}
