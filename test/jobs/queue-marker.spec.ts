import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { QueueMarker } from '#platform/jobs/queue-marker';
import { Leases } from '#platform/mongo/leases';
import { LEASES } from '#platform/mongo/leases.schema';
import { RedisConnections } from '#platform/redis/redis-connections';
import { ReconcilerRounds } from '#processing/reconciler-rounds';
import { anInboundEvent } from '../builders/an-inbound-event';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { startWorkerParts, type WorkerParts } from './worker-parts';

const EVENTS = 250;
const IN_AN_HOUR = new Date(Date.now() + 3_600_000);

describe('the marker beside the queues', () => {
  const stores = testDatabase();
  const connections = new RedisConnections({ url: stores.redisUrl, commandTimeoutMs: 5_000 });
  const { queuePrefix } = stores;
  const marker = new QueueMarker(connections, { queuePrefix, enqueueTimeoutMs: 500, drainTimeoutMs: 500 });
  let parts: WorkerParts;
  let running: ReconcilerRounds[] = [];

  beforeAll(async () => {
    parts = await startWorkerParts();
    await until(() => connections.ping().then(() => true), { what: 'Redis to answer' });
    const events = Array.from({ length: EVENTS }, () => anInboundEvent({ receivedAt: IN_AN_HOUR }));
    const entries = events.map((event) => ({ event, jobId: 'b-lost' }));
    await new InboundEventRepository(parts.database).insertAll(entries, 10_000);
  });
  afterEach(() => stop());
  afterAll(async () => {
    await parts.close();
    connections.onApplicationShutdown();
    await stores.cleanup();
  });

  /** As another process would. */
  const start = (): void => {
    const { reconciler, overdue, database, settings } = parts;
    const rounds = new ReconcilerRounds(reconciler, overdue, marker, new Leases(database), settings);
    running.push(rounds);
    rounds.onApplicationBootstrap();
  };
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((rounds) => rounds.beforeApplicationShutdown()));
    running = [];
  };
  const lost = () => parts.database.collection(INBOUND_EVENTS).countDocuments({ jobId: 'b-lost' });
  const leases = () => parts.database.collection(LEASES).countDocuments();

  it('should leave what waits in peace while it is there', async () => {
    await marker.set();
    start();
    await until(async () => (await leases()) === 1, { what: 'a round to begin' });
    // Lets the round come to its end.
    await stop();
    expect(await lost()).toBe(EVENTS);
  });

  it('should make whatever waits be put into new batches when it is missing, and be set again', async () => {
    const redis = connections.producer;
    await redis.del(`${queuePrefix}:marker`);
    for (let processes = 0; processes < 3; processes += 1) start();
    await until(async () => (await lost()) === 0, { what: 'everything to be in new batches' });
    expect(await marker.isMissing()).toBe(false);
    expect(await redis.pttl(`${queuePrefix}:marker`)).toBe(-1);
    const jobIds = await parts.database.collection(INBOUND_EVENTS).distinct('jobId');
    const { waiting } = await parts.producer.counts('acme');
    expect(waiting).toBe(jobIds.length);
    await stop();
    // Handed over, so that another process need not wait.
    expect(await leases()).toBe(0);
  });
});
