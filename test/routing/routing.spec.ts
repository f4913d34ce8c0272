import { aCanonicalEvent, aTrackingNumber } from '../builders/a-canonical-event';
import { aBody, HmacPartner } from '../limits/hmac-partner';
import { type GatewayProcess } from '../support/gateway-process';
import { until } from '../support/until';
import { DECIDED } from './routing-double';
import { eventIdOf, RoutedGateway } from './routed-gateway';

const HOUR_AGO = new Date(Date.now() - 3_600_000).toISOString();

describe('the routing step', () => {
  let routed: RoutedGateway;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    routed = await RoutedGateway.prepare({ RETRY_MAX_ATTEMPTS: '3', RETRY_BACKOFF_BASE_MS: '100' });
    gateway = await routed.start('both');
  });
  beforeEach(() => {
    routed.routing.answer = () => DECIDED;
  });
  afterAll(() => routed.stop());

  const batchPartner = (id: string, over: object = {}): Promise<HmacPartner> =>
    new HmacPartner(id, [gateway]).make({
      mapping: {
        each: '/parcels',
        event: { trackingNumber: '/parcel', status: '/state' },
        status: { MOVING: 'in_transit', DONE: 'delivered' },
      },
      ...over,
    });
  const parcels = (...numbers: string[]) =>
    aBody({ parcels: numbers.map((parcel) => ({ parcel, state: 'MOVING' })) });

  it('should ask about an event that would be the state, and keep the decision on the shipment', async () => {
    const event = aCanonicalEvent({ orderId: 'O-7', location: 'Cairo' });
    const eventId = await routed.accepted(gateway, event);
    await routed.entry(eventId, 'processed');
    const { trackingNumber, shipmentId } = event.payload;
    const [asked, ...more] = routed.routing.about(trackingNumber);
    expect(more).toEqual([]);
    expect(asked?.headers).toMatchObject({ 'idempotency-key': eventId });
    expect(asked?.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
    expect(asked?.body).toEqual({
      eventId,
      partnerId: 'default',
      trackingNumber,
      shipmentId,
      orderId: 'O-7',
      location: 'Cairo',
      status: 'in_transit',
      partnerStatus: 'in_transit',
      occurredAt: event.occurredAt,
      shipment: { status: null, version: 0 },
    });
    expect(await routed.shipment(gateway, trackingNumber)).toMatchObject({
      status: 'in_transit',
      routing: { decision: DECIDED.body },
    });
  });

  it('should not ask about a late event, nor forget what was decided about the state', async () => {
    const trackingNumber = aTrackingNumber();
    await routed.entry(await routed.accepted(gateway, aCanonicalEvent({ trackingNumber })), 'processed');
    const late = { ...aCanonicalEvent({ trackingNumber, status: 'picked_up' }), occurredAt: HOUR_AGO };
    await routed.entry(await routed.accepted(gateway, late), 'processed');
    expect(routed.routing.about(trackingNumber)).toHaveLength(1);
    expect(await routed.shipment(gateway, trackingNumber)).toMatchObject({
      status: 'in_transit',
      routing: { decision: DECIDED.body },
    });
  });

  it('should ask about an event of the history that a later one makes the state', async () => {
    const mapping = {
      event: { trackingNumber: '/parcel', status: '/state', occurredAt: '/at', correction: '/correction' },
      status: { MOVING: 'in_transit', DONE: 'delivered', STOPPED: 'cancelled' },
    };
    const sender = await batchPartner('corrected', { mapping });
    const parcel = aTrackingNumber();
    const tell = async (state: string, minute: number, correction = false): Promise<string> => {
      const at = new Date(Date.parse(HOUR_AGO) + minute * 60_000).toISOString();
      const eventId = eventIdOf(await sender.send(aBody({ parcel, state, at, correction })));
      await routed.entry(eventId, 'processed');
      return eventId;
    };
    await tell('DONE', 1);
    const stopped = await tell('STOPPED', 5);
    expect(routed.routing.about(parcel).map(({ body }) => body['status'])).toEqual(['delivered']);
    await tell('MOVING', 3, true);
    const [, asked, ...more] = routed.routing.about(parcel);
    expect(asked?.body).toMatchObject({
      eventId: stopped,
      status: 'cancelled',
      shipment: { status: 'delivered' },
    });
    expect(asked?.headers['idempotency-key']).toMatch(new RegExp(`^${stopped}-[1-9][0-9]+$`));
    expect(more).toEqual([]);
    const shipment = await routed.shipment(gateway, parcel, 'corrected');
    expect(shipment).toMatchObject({ status: 'cancelled', routing: { decision: DECIDED.body } });
  });

  it('should not use up slots by events that it is not asked about', async () => {
    const sender = await batchPartner('few', { queue: { concurrency: 2 } });
    const parcel = aTrackingNumber();
    await routed.entry(eventIdOf(await sender.send(parcels(parcel))), 'processed');
    const silent = () => aBody({ parcels: [{ parcel, state: 'A WORD THAT NOBODY KNOWS' }] });
    for (let sent = 0; sent < 5; sent += 1) {
      await routed.entry(eventIdOf(await sender.send(silent())), 'processed');
    }
    expect(routed.routing.about(parcel)).toHaveLength(1);
  });

  it('should take 204 for nothing to decide', async () => {
    routed.routing.answer = () => ({ status: 204 });
    const event = aCanonicalEvent();
    await routed.entry(await routed.accepted(gateway, event), 'processed');
    const shipment = await routed.shipment(gateway, event.payload.trackingNumber);
    expect(shipment).toMatchObject({ status: 'in_transit' });
    expect(shipment).not.toHaveProperty('routing');
  });

  it.each([
    ['a refusal', { status: 422 }],
    ['a list', { status: 200, body: [1] }],
    ['an answer that is too large', { status: 200, body: { text: 'x'.repeat(17_000) } }],
    ['what cannot be kept', { status: 200, body: { 'a\0b': 1 } }],
    ["what only looks like the driver's own", { status: 200, body: { at: { _bsontype: 'ObjectId' } } }],
    ['another success', { status: 201, body: {} }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
  ])('should make a dead letter of an event for %s, without a second try', async (_, answer) => {
    routed.routing.answer = () => answer;
    const event = aCanonicalEvent();
    const entry = await routed.entry(await routed.accepted(gateway, event), 'dead_lettered');
    expect(entry.attemptHistory.map(({ errorCode }) => errorCode)).toEqual(['ROUTING_REJECTED']);
    expect(routed.routing.about(event.payload.trackingNumber)).toHaveLength(1);
  });

  it.each([
    ['with a few words', undefined],
    ['with a page larger than an answer may be', { page: 'x'.repeat(17_000) }],
  ])('should try again what may pass, with the same idempotency key, %s', async (_, body) => {
    routed.routing.answer = (_call, nth) => (nth < 3 ? { status: 429, body } : DECIDED);
    const event = aCanonicalEvent();
    const eventId = await routed.accepted(gateway, event);
    const entry = await routed.entry(eventId, 'processed');
    expect(entry).toMatchObject({ attempts: 3 });
    const keys = routed.routing.about(event.payload.trackingNumber).map(({ headers }) => headers);
    expect(keys.map((headers) => headers['idempotency-key'])).toEqual([eventId, eventId, eventId]);
  });

  it('should cut off a call that hangs, and say so', async () => {
    routed.routing.answer = (_, nth) => (nth === 1 ? 'hang' : DECIDED);
    const entry = await routed.entry(await routed.accepted(gateway, aCanonicalEvent()), 'processed');
    expect(entry.attemptHistory).toMatchObject([
      {
        errorCode: 'ROUTING_UNAVAILABLE',
        message: 'the routing service gave no answer in 1000 ms',
      },
    ]);
  });

  it('should ask only about the statuses that a partner names', async () => {
    const sender = await batchPartner('narrow', { routing: { statuses: ['delivered'] } });
    const parcel = aTrackingNumber();
    await routed.entry(eventIdOf(await sender.send(parcels(parcel))), 'processed');
    expect(routed.routing.about(parcel)).toHaveLength(0);
    const done = aBody({ parcels: [{ parcel, state: 'DONE' }] });
    await routed.entry(eventIdOf(await sender.send(done)), 'processed');
    expect(routed.routing.about(parcel)).toHaveLength(1);
  });

  it('should apply the other parcels of a body at once, and try again only the one that failed', async () => {
    const sender = await batchPartner('many');
    const numbers = [aTrackingNumber(), aTrackingNumber(), aTrackingNumber()];
    routed.routing.answer = ({ body }, nth) =>
      body['trackingNumber'] === numbers[1] && nth < 3 ? { status: 503 } : DECIDED;
    const eventId = eventIdOf(await sender.send(parcels(...numbers)));
    await routed.entry(eventId, 'processed');
    expect(numbers.map((number) => routed.routing.about(number).length)).toEqual([1, 3, 1]);
    const keys = numbers.map((number) => routed.routing.about(number)[0]?.headers['idempotency-key']);
    expect(keys).toEqual([eventId, `${eventId}-1`, `${eventId}-2`]);
    for (const number of numbers) {
      expect(await routed.shipment(gateway, number, 'many')).toMatchObject({ status: 'in_transit' });
    }
  });

  it('should not keep another partner waiting for the many parcels of one body', async () => {
    const all = { queue: { concurrency: 50 } };
    const [large, single] = [await batchPartner('large', all), await batchPartner('single', all)];
    routed.routing.answer = () => ({ ...DECIDED, afterMs: 300 });
    const numbers = Array.from({ length: 400 }, aTrackingNumber);
    const eventId = eventIdOf(await large.send(parcels(...numbers)));
    await until(() => routed.routing.about(numbers[49]).length > 0 || undefined, {
      what: 'all slots to be taken',
    });
    const other = aTrackingNumber();
    await routed.entry(eventIdOf(await single.send(parcels(other))), 'processed');
    expect(numbers.filter((number) => routed.routing.about(number).length > 0).length).toBeLessThan(
      numbers.length,
    );
    await routed.entry(eventId, 'processed');
    expect(new Set(numbers.map((number) => routed.routing.about(number).length))).toEqual(new Set([1]));
  }, 60_000);

  it('should keep applied what could be, where one parcel of a body is refused for good', async () => {
    const sender = await batchPartner('partly');
    const [good, bad] = [aTrackingNumber(), aTrackingNumber()];
    routed.routing.answer = ({ body }) => (body['trackingNumber'] === bad ? { status: 400 } : DECIDED);
    await routed.entry(eventIdOf(await sender.send(parcels(bad, good))), 'dead_lettered');
    expect(await routed.shipment(gateway, good, 'partly')).toMatchObject({ status: 'in_transit' });
    expect(await routed.shipment(gateway, bad, 'partly')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('should never have more calls under way than the partner has slots, nor hold up another partner', async () => {
    const slow = await batchPartner('slow', { queue: { concurrency: 3 }, limits: { perSecond: 0 } });
    const other = await batchPartner('other', { routing: false });
    routed.routing.answer = () => ({ ...DECIDED, afterMs: 600 });
    const numbers = Array.from({ length: 24 }, aTrackingNumber);
    const ids = await Promise.all(numbers.map(async (number) => eventIdOf(await slow.send(parcels(number)))));
    await until(() => routed.routing.about(numbers[0]).length > 0 || undefined, { what: 'the first call' });
    await routed.entry(eventIdOf(await other.send(parcels(aTrackingNumber()))), 'processed');
    const done = () => routed.journal().countDocuments({ _id: { $in: ids }, status: 'processed' });
    expect(await done()).toBeLessThan(numbers.length);
    await until(async () => (await done()) === numbers.length, { what: 'all to be applied' });
    const together = numbers.flatMap((number) => routed.routing.about(number).map((one) => one.together));
    expect(Math.max(...together)).toBe(3);
  }, 60_000);
});
