import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { until } from '../support/until';
import { breakerState } from './gateway-signs';
import { historyFails, historyMended } from './failing-history';
import { OwnStores } from './own-stores';
import { expectAppliedOnce, type SentEvent, sendTogether } from './sent-events';

const WAITING = 300;
const RETRIED = 10;
/** Long enough that whoever looks too early is seen. */
const RETRY_DELAY_MS = 8_000;
const SCHEDULE = { RETRY_BACKOFF_BASE_MS: String(RETRY_DELAY_MS), RETRY_JITTER_PERCENT: '0' };
const JOURNAL_ALONE = { status: 202, json: { journaled: true, queued: false } };
const BOTH = { status: 202, json: { journaled: true, queued: true } };

interface Entry {
  readonly _id: string;
  readonly status: string;
  readonly dueAt: Date;
  readonly finishedAt: Date;
}

describe('with trouble in Redis', () => {
  let stores: OwnStores;
  let api: GatewayProcess;

  beforeAll(async () => {
    stores = await OwnStores.start({ parameters: { enableTestCommands: 1 } });
    api = await startGateway({ role: 'api', stores: stores.addresses });
  }, 120_000);
  afterEach(() => historyMended(stores));
  afterAll(async () => {
    await api.kill();
    await stores.stop();
  });

  /** A worker that lives as long as the work. */
  const withWorker = async (work: (worker: GatewayProcess) => Promise<void>): Promise<void> => {
    const worker = await startGateway({ role: 'worker', stores: stores.addresses, env: SCHEDULE });
    try {
      await work(worker);
    } finally {
      await worker.kill();
    }
  };
  const sendAll = async (count: number, expected: object): Promise<SentEvent[]> => {
    const sent = await sendTogether(api, count);
    for (const { answer } of sent) expect(answer).toMatchObject(expected);
    return sent;
  };
  const health = async () => (await call('GET', `${api.url}/health/ready`)).text;
  const breakerCloses = () =>
    until(async () => (await breakerState(api, 'redis')) === 0, { what: 'the breaker to close' });
  const entries = (filter: object) => stores.db.collection<Entry>('inbound_events').find(filter).toArray();

  it(
    'should take events into the journal alone while Redis is full, and apply each once when it is not',
    () =>
      withWorker(async () => {
        await stores.redisClient.config('SET', 'maxmemory', '1');
        const sent = await sendAll(20, JOURNAL_ALONE);
        await until(async () => (await health()).includes('degraded'), { what: 'readiness to tell' });
        expect(await call('GET', `${api.url}/health/ready`)).toMatchObject({
          status: 200,
          json: { status: 'degraded', checks: { mongo: 'up', redis: 'down' } },
        });
        sent.push(...(await sendAll(20, JOURNAL_ALONE)));
        await stores.redisClient.config('SET', 'maxmemory', '0');
        await breakerCloses();
        await expectAppliedOnce(stores.db, sent);
        await until(async () => (await health()).includes('"status":"ok"'), { what: 'readiness' });
      }),
    120_000,
  );

  it('should apply each event once that waited in a queue that was flushed', async () => {
    const sent = await sendAll(WAITING, BOTH);
    await stores.redisClient.flushall();
    await withWorker(() => expectAppliedOnce(stores.db, sent));
  }, 120_000);

  it('should apply each event once that waited in a Redis that came back empty', async () => {
    const sent = await sendAll(WAITING, BOTH);
    await stores.replaceRedis();
    await breakerCloses();
    await withWorker(() => expectAppliedOnce(stores.db, sent));
  }, 120_000);

  it(
    'should try again what failed after its queue was flushed, and not before its time',
    () =>
      withWorker(async () => {
        await historyFails(stores);
        const sent = await sendAll(RETRIED, BOTH);
        const keys = { dedupeKey: { $in: sent.map(({ event }) => event.idempotencyKey) } };
        const scheduled = async () => {
          const waiting = await entries({ ...keys, status: 'retry_scheduled' });
          return waiting.length === RETRIED && waiting;
        };
        const due = new Map((await until(scheduled, { what: 'every retry to be scheduled' })).map(dueOf));
        await historyMended(stores);
        await stores.redisClient.flushall();
        await expectAppliedOnce(stores.db, sent, { attempts: 2 });
        const tooEarly = (await entries(keys)).filter(
          ({ _id, finishedAt }) => finishedAt < (due.get(_id) ?? new Date()),
        );
        expect(due.size).toBe(RETRIED);
        expect(tooEarly).toEqual([]);
      }),
    120_000,
  );
});

const dueOf = ({ _id, dueAt }: Entry): readonly [string, Date] => [_id, dueAt];
