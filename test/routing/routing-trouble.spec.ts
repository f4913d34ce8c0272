import { aCanonicalEvent, aTrackingNumber, type CanonicalEvent } from '../builders/a-canonical-event';
import { aBody, HmacPartner } from '../limits/hmac-partner';
import { ADMIN_API_KEY, type GatewayProcess } from '../support/gateway-process';
import { call } from '../support/http';
import { until } from '../support/until';
import { DECIDED } from './routing-double';
import { eventIdOf, RoutedGateway } from './routed-gateway';

const EVENTS = 40;

describe('with the routing service in trouble', () => {
  let routed: RoutedGateway;
  let api: GatewayProcess;
  let worker: GatewayProcess;

  beforeEach(async () => {
    routed = await RoutedGateway.prepare();
    api = await routed.start('api');
  });
  afterEach(() => routed.stop());

  const partnerOf = (id: string, settings: object = {}): Promise<HmacPartner> =>
    new HmacPartner(id, [api]).make({ limits: { perSecond: 0 }, ...settings });
  const aParcel = () => aBody({ parcel: aTrackingNumber() });
  const sendMany = async (count: number): Promise<readonly string[]> =>
    Promise.all(Array.from({ length: count }, () => routed.accepted(api, aCanonicalEvent())));
  const processed = (ids: readonly string[]) =>
    routed.journal().countDocuments({ _id: { $in: [...ids] }, status: 'processed' });
  const allProcessed = (ids: readonly string[], timeoutMs = 60_000) =>
    until(async () => (await processed(ids)) === ids.length, { what: 'all to be applied', timeoutMs });

  it('should leave it alone while it is away, spend no attempts on it, and apply all when it is back', async () => {
    routed.routing.answer = () => ({ status: 503 });
    worker = await routed.start('worker', { RETRY_BACKOFF_BASE_MS: '60000' });
    const tried = await sendMany(EVENTS);
    await until(() => worker.logs.some((line) => line.includes('its events wait')), {
      what: 'the breaker to open',
    });
    const waiting = await sendMany(EVENTS);
    const calls = routed.routing.calls.length;
    expect(calls).toBeLessThan(EVENTS);
    // The probes of a breaker that is half open are all that still reaches it.
    await until(() => routed.routing.calls.length > calls, { what: 'a probe' });
    expect(routed.routing.calls.length).toBeLessThan(calls + 5);
    routed.routing.answer = () => DECIDED;
    await allProcessed(waiting);
    const entries = await routed
      .journal()
      .find({ _id: { $in: [...waiting] } })
      .toArray();
    expect(entries.filter(({ attempts }) => attempts > 1)).toEqual([]);
    expect(tried).toHaveLength(EVENTS);
  }, 120_000);

  it('should not try the same few events for ever while others wait that it would answer', async () => {
    const broken = Array.from({ length: 4 }, () => aCanonicalEvent());
    const numbers = new Set<unknown>(broken.map(({ payload }) => payload.trackingNumber));
    routed.routing.answer = ({ body }) => (numbers.has(body['trackingNumber']) ? { status: 503 } : DECIDED);
    const env = { WORKER_CONCURRENCY: '1', RETRY_BACKOFF_BASE_MS: '1', RETRY_MAX_ATTEMPTS: '10' };
    for (const event of broken) await routed.accepted(api, event);
    // Old as they are, they would go before whatever comes after them.
    await routed.journal().updateMany({}, { $set: { receivedAt: new Date(Date.now() - 86_400_000) } });
    worker = await routed.start('worker', env);
    await until(() => worker.logs.some((line) => line.includes('its events wait')), {
      what: 'the breaker to open',
    });
    await allProcessed([await routed.accepted(api, aCanonicalEvent())]);
  }, 120_000);

  it('should keep no other partner waiting where it fails for one alone', async () => {
    routed.routing.answer = ({ body }) => (body['partnerId'] === 'troubled' ? { status: 503 } : DECIDED);
    worker = await routed.start('worker', { RETRY_BACKOFF_BASE_MS: '600000' });
    const troubled = await partnerOf('troubled');
    const well = await partnerOf('well');
    await Promise.all(Array.from({ length: EVENTS }, () => troubled.send(aParcel())));
    await until(() => worker.logs.some((line) => line.includes('its events wait')), {
      what: 'the breaker to open',
    });
    const probes = routed.routing.calls.length;
    for (let nth = 0; nth < 3; nth += 1) await allProcessed([eventIdOf(await well.send(aParcel()))], 20_000);
    expect(routed.routing.calls.length).toBeGreaterThan(probes);
  }, 120_000);

  it('should not be taken for away where one partner gives it too little time', async () => {
    routed.routing.answer = () => ({ ...DECIDED, afterMs: 700 });
    worker = await routed.start('worker', { RETRY_BACKOFF_BASE_MS: '600000' });
    const hasty = await partnerOf('hasty', { queue: { timeoutMs: 300 } });
    const well = await partnerOf('well');
    const sent = await Promise.all(Array.from({ length: EVENTS }, () => hasty.send(aParcel())));
    const failed = { _id: { $in: sent.map(eventIdOf) }, 'attemptHistory.errorCode': 'PROCESSING_TIMEOUT' };
    await until(async () => (await routed.journal().countDocuments(failed)) === EVENTS, {
      what: 'all of them to be tried once',
      timeoutMs: 40_000,
    });
    await allProcessed([eventIdOf(await well.send(aParcel()))]);
    expect(worker.logs.filter((line) => line.includes('its events wait'))).toEqual([]);
  }, 120_000);

  it('should let a partner go on at once that does without it from now on', async () => {
    routed.routing.answer = () => ({ status: 503 });
    worker = await routed.start('worker', { RETRY_BACKOFF_BASE_MS: '600000' });
    await sendMany(EVENTS);
    await until(() => worker.logs.some((line) => line.includes('its events wait')), {
      what: 'the breaker to open',
    });
    const waiting = await sendMany(EVENTS);
    const partner = `${api.url}/v1/admin/partners/default`;
    const patched = await call('PATCH', partner, { bearer: ADMIN_API_KEY, json: { routing: false } });
    expect(patched.status).toBe(200);
    await allProcessed(waiting);
  }, 120_000);

  it('should try again where the stores do not say how a shipment stands', async () => {
    // A view that cannot be read, in the place of the collection: a fault that is no outage.
    const pipeline = [{ $group: { _id: { $toInt: '$_id' } } }];
    await routed.db.dropCollection('shipments');
    await routed.db.createCollection('shipments', { viewOn: 'inbound_events', pipeline });
    const eventId = await routed.accepted(api, aCanonicalEvent());
    await routed.start('worker', { RETRY_BACKOFF_BASE_MS: '100', RETRY_MAX_ATTEMPTS: '10' });
    const failed = () => routed.journal().findOne({ _id: eventId, 'attemptHistory.0': { $exists: true } });
    const { attemptHistory } = await until(failed, { what: 'an attempt that failed' });
    expect(attemptHistory[0]).toMatchObject({ errorCode: 'INTERNAL' });
    await routed.db.dropCollection('shipments');
    await allProcessed([eventId]);
  }, 120_000);

  it('should give back what is under way when its worker stops, uncounted, to the next one', async () => {
    routed.routing.answer = () => 'hang';
    worker = await routed.start('worker', { WORKER_DRAIN_TIMEOUT_MS: '300', ROUTING_TIMEOUT_MS: '2500' });
    const ids = await sendMany(EVENTS);
    await until(() => routed.routing.calls.length >= 10, { what: 'all slots to be in use' });
    const stopped = await worker.stop();
    expect(stopped).toEqual({ code: 0, signal: null });
    expect(await routed.journal().countDocuments({ status: 'processing' })).toBe(0);
    routed.routing.answer = () => DECIDED;
    await routed.start('worker');
    await allProcessed(ids);
    const entries = await routed.journal().find().toArray();
    expect(entries.filter(({ attempts, crashes }) => attempts !== 1 || crashes !== 0)).toEqual([]);
  }, 120_000);

  it('should find the event that kills its workers, alone, and apply all others', async () => {
    const poison: CanonicalEvent = aCanonicalEvent();
    const { trackingNumber } = poison.payload;
    routed.routing.answer = ({ body }) => {
      if (body['trackingNumber'] !== trackingNumber) return { ...DECIDED, afterMs: 50 };
      void worker.kill();
      return 'hang';
    };
    const others = await sendMany(8);
    const poisoned = await routed.accepted(api, poison);
    const later = await sendMany(8);
    const dead = () => routed.journal().findOne({ _id: poisoned, status: 'dead_lettered' });
    for (let crashes = 0; crashes < 3; crashes += 1) {
      worker = await routed.startAndGoOn('worker');
      await until(() => !worker.isRunning, { what: 'the worker to die', timeoutMs: 40_000 });
      // Nobody waits for leases here.
      await routed.journal().updateMany({ status: 'processing' }, { $set: { dueAt: new Date() } });
    }
    worker = await routed.start('worker');
    const entry = await until(dead, { what: 'the dead letter', timeoutMs: 40_000 });
    expect(entry.attemptHistory).toMatchObject([{ errorCode: 'POISONED' }]);
    expect(routed.routing.about(trackingNumber)).toHaveLength(3);
    await allProcessed([...others, ...later]);
    expect(worker.isRunning).toBe(true);
  }, 180_000);
});
