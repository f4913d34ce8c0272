import { Queue } from 'bullmq';
import { eventsQueue } from '#platform/jobs/queue-place';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { until } from '../support/until';
import { linesOf } from './gateway-signs';
import { OwnStores } from './own-stores';
import { expectAppliedOnce, type SentEvent, sendTogether } from './sent-events';

const BACKLOG = 1_000;
/** Makes a batch last long enough to be met in the middle. */
const SLOW_MS = 300;
const STEPPED_DOWN_S = 3;
const DRAIN_MS = 3_000;
const SHORT_LEASE = { PROCESSING_TIMEOUT_MS: '1000' };
/** For what comes after the drain: aborted jobs, connections, and a busy machine. */
const END_MS = 5_000;

describe('a worker with a backlog', () => {
  let stores: OwnStores;
  let api: GatewayProcess;
  let queue: Queue;
  let worker: GatewayProcess;

  beforeAll(async () => {
    stores = await OwnStores.start({ parameters: { enableTestCommands: 1 } });
    const { addresses, redis } = stores;
    api = await startGateway({ role: 'api', stores: addresses });
    const connection = { host: '127.0.0.1', port: redis.port };
    queue = new Queue('events', { connection, prefix: eventsQueue(addresses.queuePrefix, 'default').prefix });
  }, 120_000);
  afterEach(() => worker.kill());
  afterAll(async () => {
    await api.kill();
    await queue.close();
    await stores.stop();
  });

  const startWorker = async (env: Record<string, string> = {}): Promise<void> => {
    worker = await startGateway({
      role: 'worker',
      stores: stores.addresses,
      env: { WORKER_CONCURRENCY: '2', WORKER_DRAIN_TIMEOUT_MS: String(DRAIN_MS), ...env },
    });
  };
  const slow = (commands: readonly string[], collection: string) =>
    stores.command({
      configureFailPoint: 'failCommand',
      mode: 'alwaysOn',
      data: {
        failCommands: commands,
        namespace: `${stores.db.databaseName}.${collection}`,
        blockConnection: true,
        blockTimeMS: SLOW_MS,
      },
    });
  const fast = () => stores.command({ configureFailPoint: 'failCommand', mode: 'off' });
  /** Some batches are done, some under way, some wait. */
  const inTheMiddle = async (env: Record<string, string> = {}): Promise<SentEvent[]> => {
    const journal = stores.db.collection('inbound_events');
    const before = await journal.countDocuments({ status: 'processed' });
    const sent = await sendTogether(api, BACKLOG);
    for (const { answer } of sent)
      expect(answer).toMatchObject({ status: 202, json: { journaled: true, queued: true } });
    await slow(['insert', 'update'], 'shipment_events');
    await startWorker(env);
    const some = async () => (await journal.countDocuments({ status: 'processed' })) > before;
    await until(some, { what: 'the worker to be in the middle of it', everyMs: 5 });
    await until(async () => (await queue.getActiveCount()) > 0, { what: 'a job under way', everyMs: 5 });
    return sent;
  };
  const told = (message: string) =>
    until(() => linesOf(worker).some((line) => line.message.startsWith(message)), { what: message });
  const nothingFailed = async (): Promise<void> => {
    expect(linesOf(worker).filter(({ message }) => message === 'batch failed')).toEqual([]);
    expect(await queue.getFailedCount()).toBe(0);
  };

  it('should keep its jobs while MongoDB is away, and go on when it is back as if nothing had been', async () => {
    const sent = await inTheMiddle();
    stores.killMongo();
    await told('MongoDB is away');
    const { active = 0, prioritized = 0, ...others } = await queue.getJobCounts();
    expect(active).toBeGreaterThan(0);
    expect(prioritized).toBeGreaterThan(0);
    await stores.restartMongo();
    await expectAppliedOnce(stores.db, sent);
    await nothingFailed();
    expect(others).toMatchObject({ failed: 0, delayed: 0 });
  }, 120_000);

  it('should go on after the primary stepped down as if nothing had been', async () => {
    const sent = await inTheMiddle();
    // Every write of the worker's is on its way to a server that is no primary when it comes to it.
    await slow(['update'], 'inbound_events');
    const writing = async () => {
      const found = stores.db.collection('inbound_events').find({ status: 'processing' });
      return (await found.toArray()).length > 0;
    };
    await until(writing, { what: 'events to be under way', everyMs: 5 });
    await stores.command({ replSetStepDown: STEPPED_DOWN_S, secondaryCatchUpPeriodSecs: 0, force: true });
    await until(() => fast().then(() => true), { what: 'MongoDB to be reached' });
    await expectAppliedOnce(stores.db, sent);
    await nothingFailed();
  }, 120_000);

  it.each([
    { away: 'away', hurt: () => stores.killMongo(), mend: () => stores.restartMongo() },
    { away: 'hanging', hurt: () => stores.mongo.pause(), mend: () => Promise.resolve(stores.mongo.resume()) },
  ])(
    'should end in time when it is stopped with MongoDB $away, and lose nothing',
    async ({ hurt, mend }) => {
      const sent = await inTheMiddle(SHORT_LEASE);
      hurt();
      const askedAt = performance.now();
      const ended = await worker.stop();
      const tookMs = performance.now() - askedAt;
      await mend();
      await fast();
      expect(ended).toEqual({ code: 0, signal: null });
      expect(tookMs).toBeLessThan(DRAIN_MS + END_MS);
      // What the first one held is free when its lease ran out.
      await startWorker(SHORT_LEASE);
      await expectAppliedOnce(stores.db, sent, { mayCrash: true });
    },
    180_000,
  );
});
