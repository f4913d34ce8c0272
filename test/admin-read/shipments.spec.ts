import { ShipmentsAdminModule } from '#admin/shipments/shipments-admin.module';
import { until } from '../support/until';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { type AdminApp, KEYS, startAdminApp } from './admin-app';
import { everyPage, idsOf } from './every-page';
import { ToldHistory } from './history';

const RFC_3339_MS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('shipments over HTTP', () => {
  let app: AdminApp;
  let history: ToldHistory;

  beforeAll(async () => {
    app = await startAdminApp([ShipmentsAdminModule]);
    history = new ToldHistory(app);
    await history.told(aShipmentEvent({ trackingNumber: 'A', orderId: 'O-1', eventId: 'evt_a' }));
    await history.told(aShipmentEvent({ trackingNumber: 'B', status: 'delivered', orderId: 'O-1' }));
    await history.told(aShipmentEvent({ trackingNumber: 'A', partnerId: 'acme-2' }));
    await history.told(aShipmentEvent({ trackingNumber: 'C', status: null, partnerStatus: null }));
    await history.told(aShipmentEvent({ trackingNumber: 'D', location: 'Leipzig', description: 'sorted' }));
  });
  afterAll(() => app.close());

  it('lists all, the last changed first, over pages of 2', async () => {
    const { items, sizes } = await everyPage(app, '/shipments', 2);

    expect(sizes).toEqual([2, 2, 1]);
    const shown = items.map(({ partnerId, trackingNumber }) => [partnerId, trackingNumber].join(' '));
    expect(new Set(shown)).toEqual(new Set(['acme A', 'acme B', 'acme-2 A', 'acme C', 'acme D']));
    const times = items.map(({ updatedAt }) => String(updatedAt));
    expect(times).toEqual([...times].sort().reverse());
  });

  it.each([
    ['partnerId=acme', ['A', 'B', 'C', 'D']],
    ['partnerId=acme-2', ['A']],
    ['partnerId=acm', []],
    ['status=delivered', ['B']],
    ['trackingNumber=A', ['A', 'A']],
    ['trackingNumber=A&partnerId=acme', ['A']],
    ['orderId=O-1', ['A', 'B']],
    ['orderId=O-1&status=in_transit', ['A']],
    ['orderId=O-2', []],
  ])('filters by %s', async (query, expected) => {
    const shown = await idsOf(app, `/shipments?${query}`, 'trackingNumber');
    expect(shown.sort()).toEqual(expected);
  });

  it.each([
    ['status=lost', '/status'],
    ['partnerId=', '/partnerId'],
    ['orderId=a&orderId=b', '/orderId'],
    ['trackingNumber=', '/trackingNumber'],
    ['limit=ten', '/limit'],
    ['cursor=W10', '/cursor'],
    ['from=2025-06-01T00:00:00Z', '/from'],
  ])('refuses %s and names the field', async (query, path) => {
    const answer = await app.get(`/shipments?${query}`);
    expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
    expect(answer.json).toHaveProperty('errors.0.path', path);
  });

  it('shows one, with times to the millisecond', async () => {
    expect(await app.get('/shipments/acme/A')).toMatchObject({ status: 200 });
    expect((await app.get('/shipments/acme/A')).json).toEqual({
      partnerId: 'acme',
      trackingNumber: 'A',
      status: 'in_transit',
      partnerStatus: 'IT',
      occurredAt: '2026-01-01T00:00:00.000Z',
      occurredAtSource: 'partner',
      orderId: 'O-1',
      eventId: 'evt_a',
      version: 1,
      createdAt: expect.stringMatching(RFC_3339_MS) as unknown,
      updatedAt: expect.stringMatching(RFC_3339_MS) as unknown,
    });
    expect((await app.get('/shipments/acme/D')).json).toMatchObject({
      location: 'Leipzig',
      description: 'sorted',
    });
    expect((await app.get('/shipments/acme/C')).json).toMatchObject({ status: null, occurredAt: null });
  });

  it.each([
    ['a slash', 'AB/12/timeline'],
    ['blanks', ' 12 34 '],
    ['a percent sign', '100%25 %'],
    ['an encoded slash as it is written', 'A%2FB'],
    ['a question mark and a hash', 'A?b=c#d'],
    ['what is not ASCII', 'Nº-ß-包裹'],
    ['dots', 'A..B.'],
    ['a plus', 'A+B'],
  ])('finds a tracking number with %s', async (_, trackingNumber) => {
    const eventId = 'evt_odd';
    await history.told(aShipmentEvent({ partnerId: 'odd', trackingNumber, eventId }));
    const path = `/shipments/odd/${encodeURIComponent(trackingNumber)}`;

    expect(await app.get(path)).toMatchObject({ status: 200, json: { trackingNumber, eventId } });
    expect(await app.get(`${path}/timeline`)).toMatchObject({ status: 200, json: { items: [{ eventId }] } });
    const found = await app.get(`/shipments?trackingNumber=${encodeURIComponent(trackingNumber)}`);
    expect(found).toMatchObject({ status: 200, json: { items: [{ trackingNumber }] } });
  });

  it('tells the timeline in the order of events, and what came late', async () => {
    const parcel = { trackingNumber: 'T', partnerId: 'acme' };
    const at = (minute: number, status: 'picked_up' | 'in_transit' | 'delivered') =>
      aShipmentEvent({ ...parcel, minute, status, eventId: `evt_${status}` });
    await history.told(at(1, 'picked_up'));
    await history.told(at(9, 'delivered'));
    const told = Date.now();
    await until(() => Date.now() > told, { what: 'the clock to move on', everyMs: 1 });
    await history.told(at(5, 'in_transit'));

    const { json } = await app.get('/shipments/acme/T/timeline');

    expect(json).toMatchObject({
      items: [
        { eventId: 'evt_picked_up', status: 'picked_up', partnerStatus: 'IT', late: false },
        { eventId: 'evt_in_transit', occurredAt: '2026-01-01T00:05:00.000Z', late: true },
        { eventId: 'evt_delivered', recordedAt: expect.stringMatching(RFC_3339_MS) as unknown, late: false },
      ],
    });
  });

  it('shows what else the mapping kept of an event', async () => {
    const named = { orderId: 'O-7', shipmentId: 'S-7', location: 'Hamburg', description: 'picked up' };
    const event = { ...named, attributes: { weight: 1.5 }, occurredAt: null, occurredAtSource: 'received' };
    await history.told(aShipmentEvent({ trackingNumber: 'K', ...event, occurredAtSource: 'received' }));
    const { json } = await app.get('/shipments/acme/K/timeline');
    expect(json).toMatchObject({ items: [event] });
  });

  it('answers 404 for an unknown parcel and its timeline, and 401 without a key', async () => {
    for (const path of ['/shipments/acme/nobody', '/shipments/acme/nobody/timeline']) {
      expect(await app.get(path)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
      expect(await app.get(path, { bearer: 'wrong' })).toMatchObject({ status: 401 });
      expect(await app.get(path, { bearer: KEYS.operator })).toMatchObject({ status: 404 });
    }
  });
});
