import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { until } from '../support/until';
import { breakerLines, breakerState, warningsOf } from './gateway-signs';
import { OwnStores } from './own-stores';
import { expectAppliedOnce, type SentEvent, sendTogether } from './sent-events';

const ACK_TIMEOUT_MS = 2_000;
/** What this machine, busy with the rest of the suite, may add to a promise that is made in the gateway. */
const MEASURED_MS = 500;
/** Nobody waits for a store that is known not to answer. */
const FAST_MS = ACK_TIMEOUT_MS / 2;
const WAVES = 5;
const EVENTS = 20;

const FAULTS = [
  { store: 'mongo', kept: { journaled: false, queued: true } },
  { store: 'redis', kept: { journaled: true, queued: false } },
] as const;

describe('with a store that hangs', () => {
  let stores: OwnStores;
  let api: GatewayProcess;
  let worker: GatewayProcess;

  beforeAll(async () => {
    stores = await OwnStores.start();
    const env = { ACK_TIMEOUT_MS: String(ACK_TIMEOUT_MS) };
    const start = (role: 'api' | 'worker') => startGateway({ role, stores: stores.addresses, env });
    api = await start('api');
    worker = await start('worker');
  }, 120_000);
  afterAll(async () => {
    await Promise.all([api, worker].map((gateway) => gateway.kill()));
    await stores.stop();
  });

  const ready = () => call('GET', `${api.url}/health/ready`);

  it.each(FAULTS)(
    'should answer in time by the other store while $store hangs, and apply each event once when it is back',
    async ({ store, kept }) => {
      const server = stores[store];
      const sent: SentEvent[] = [];
      server.pause();
      for (let wave = 0; wave < WAVES; wave += 1) {
        const answered = await sendTogether(api, EVENTS);
        for (const { answer, tookMs } of answered) {
          expect(answer).toMatchObject({ status: 202, json: kept });
          expect(tookMs).toBeLessThan(wave === 0 ? ACK_TIMEOUT_MS + MEASURED_MS : FAST_MS);
        }
        expect([1, 2]).toContain(await breakerState(api, store));
        sent.push(...answered);
      }
      const degraded = { status: 200, json: { status: 'degraded', checks: { [store]: 'down' } } };
      await until(async () => (await ready()).text.includes('degraded'), { what: 'readiness to tell' });
      expect(await ready()).toMatchObject(degraded);
      // Probes come and go; none of them closes it.
      expect([1, 2]).toContain(await breakerState(api, store));

      server.resume();
      await until(async () => (await breakerState(api, store)) === 0, { what: 'the breaker to close' });
      await expectAppliedOnce(stores.db, sent);
      await until(async () => (await ready()).text.includes('"status":"ok"'), { what: 'readiness' });
      await until(() => breakerLines(api, store).length > 1, { what: 'the log to say so' });
      expect(breakerLines(api, store)).toEqual([`${store} is away`, `${store} is back`]);
      expect(warningsOf(api).length).toBeLessThan(EVENTS);
    },
    120_000,
  );
});
