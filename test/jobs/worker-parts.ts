import { pino } from 'pino';
import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { DEAD_LETTERS } from '#domain/dead-letters/dead-letters.schema';
import { EventClaimsRepository } from '#domain/events/event-claims.repository';
import { EventEndsRepository } from '#domain/events/event-ends.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { PARTNERS } from '#domain/partners/partners.schema';
import { JobProducer } from '#platform/jobs/job-producer';
import { RedisConnections } from '#platform/redis/redis-connections';
import { LineLogger } from '#platform/logging/line-logger';
import { Metrics } from '#platform/telemetry/metrics';
import { AttemptEnds } from '#processing/attempt-ends';
import { DeadLetterWriter } from '#processing/dead-letter-writer';
import { FailureSettler } from '#processing/failure-settler';
import { OrphanedEvents } from '#processing/orphaned-events';
import { ProcessingSettings, type RoutingSettings } from '#processing/processing-settings';
import { BatchSizes } from '#processing/routing/batch-sizes';
import { Reconciler } from '#processing/reconciler';
import { aPartner } from '../partners/a-partner';
import { ProcessPartners } from '../partners/process-partners';
import { migratedDatabase } from '../support/migrated-database';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { RETENTION } from '../dlq-review/dead-letter-stores';

const REQUEUE_PER_SECOND = 1_000;
const RETRY = { maxAttempts: 5, backoffBaseMs: 1_000, multiplier: 2, jitterPercent: 0 };

export const KNOWN_PARTNERS = ['acme', 'nordpost'];
export const always = (): Promise<boolean> => Promise.resolve(true);

export type WorkerParts = Awaited<ReturnType<typeof startWorkerParts>>;

/** What settles failed attempts and finds what was left behind, on real stores; nothing runs by itself. */
export async function startWorkerParts(partnerIds: readonly string[] = KNOWN_PARTNERS) {
  const stores = testDatabase();
  const { database, close } = await migratedDatabase([INBOUND_EVENTS, DEAD_LETTERS, PARTNERS]);
  const connections = new RedisConnections({ url: stores.redisUrl, commandTimeoutMs: 5_000 });
  const { queuePrefix } = stores;
  const producer = new JobProducer(connections, {
    queuePrefix,
    enqueueTimeoutMs: 5_000,
    drainTimeoutMs: 500,
  });
  await until(() => connections.ping().then(() => true), { what: 'Redis to answer' });

  const claims = new EventClaimsRepository(database);
  const ends = new EventEndsRepository(database, RETENTION);
  const overdue = new OverdueEventRepository(database);
  const letters = new DeadLetterRepository(database, RETENTION);
  const writer = new DeadLetterWriter(ends, letters);
  const partners = new ProcessPartners(database);
  for (const id of partnerIds) await partners.make(aPartner(id));
  const { directory } = partners;
  await directory.refreshed();
  const settings = new ProcessingSettings(RETRY, REQUEUE_PER_SECOND);
  const settler = new FailureSettler(ends, writer, producer, directory, settings);
  const metrics = new Metrics();
  const attempts = new AttemptEnds(ends, letters, settler, metrics, new LineLogger(pino({ enabled: false })));
  const orphans = new OrphanedEvents(directory, claims, attempts);
  const aReconciler = (routing?: RoutingSettings): Reconciler => {
    const sizes = new BatchSizes(directory, new ProcessingSettings(RETRY, REQUEUE_PER_SECOND, routing));
    return new Reconciler(overdue, producer, writer, orphans, sizes, metrics);
  };
  return {
    database,
    claims,
    ends,
    overdue,
    letters,
    list: new DeadLetterListRepository(database),
    producer,
    settler,
    aReconciler,
    reconciler: aReconciler(),
    settings,
    close: async () => {
      await producer.onApplicationShutdown();
      connections.onApplicationShutdown();
      await close();
      await stores.cleanup();
    },
  };
}
