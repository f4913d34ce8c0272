import { request } from 'undici';
import { EventsAdminModule } from '#admin/events/events-admin.module';
import { type NewInboundEvent } from '#domain/events/inbound-event';
import { INBOUND_EVENTS, newEntryDocument } from '#domain/events/inbound-events.schema';
import { Database } from '#platform/mongo/database';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { anInboundEvent } from '../builders/an-inbound-event';
import { type AdminApp, KEYS, startAdminApp } from './admin-app';
import { everyPage, idsOf } from './every-page';
import { ToldHistory } from './history';

const minute = (n: number): Date => new Date(Date.UTC(2025, 5, 1, 12, n));

/** A picture, as far as any text decoder is concerned. */
const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]);

describe('events over HTTP', () => {
  let app: AdminApp;
  const id: Record<string, string> = {};

  async function journal(name: string, event: Partial<NewInboundEvent>, set: object = {}): Promise<void> {
    const inbound = anInboundEvent(event);
    const entry = newEntryDocument(inbound, 'b-1');
    await app.nest
      .get(Database)
      .collection(INBOUND_EVENTS)
      .insertOne({ ...entry, ...set });
    id[name] = inbound.eventId;
  }

  beforeAll(async () => {
    app = await startAdminApp([EventsAdminModule]);
    const done = { status: 'processed', attempts: 1, finishedAt: minute(10), dueAt: undefined };
    await journal(
      'oldest',
      { receivedAt: minute(1), dedupeKey: 'id:1', body: BYTES, contentType: 'image/png' },
      done,
    );
    await journal('waiting', { receivedAt: minute(2) });
    await journal('other', { receivedAt: minute(3), partnerId: 'other' }, done);
    await journal('newest', { receivedAt: minute(4) }, { ...done, status: 'dead_lettered' });
    const history = new ToldHistory(app);
    await history.told(aShipmentEvent({ trackingNumber: 'T/1', eventId: id['oldest'] ?? '' }));
    await history.told(aShipmentEvent({ trackingNumber: 'T/1', eventId: id['newest'] ?? '' }));
    await history.told(
      aShipmentEvent({ trackingNumber: 'T/1', partnerId: 'other', eventId: id['other'] ?? '' }),
    );
  });
  afterAll(() => app.close());

  it('lists newest first, across partners, over pages of 3', async () => {
    const { items, sizes } = await everyPage(app, '/events', 3);
    const order = ['newest', 'other', 'waiting', 'oldest'].map((name) => id[name]);
    expect(items.map(({ eventId }) => eventId)).toEqual(order);
    expect(sizes).toEqual([3, 1]);
  });

  it.each([
    ['partnerId=other', ['other']],
    ['partnerId=nobody', []],
    ['status=processed', ['other', 'oldest']],
    ['status=received', ['waiting']],
    ['status=dead_lettered&partnerId=acme', ['newest']],
    ['from=2025-06-01T12:03:00Z', ['newest', 'other']],
    ['to=2025-06-01T12:02:00Z', ['oldest']],
    ['trackingNumber=T%2F1', ['newest', 'other', 'oldest']],
    ['trackingNumber=T%2F1&partnerId=acme', ['newest', 'oldest']],
    ['trackingNumber=T%2F1&status=dead_lettered', ['newest']],
    ['trackingNumber=nobody', []],
  ])('filters by %s', async (query, names) => {
    expect(await idsOf(app, `/events?${query}`)).toEqual(names.map((name) => id[name]));
  });

  it('pages through the events of one parcel', async () => {
    const { items, sizes } = await everyPage(app, '/events?trackingNumber=T%2F1', 2);
    expect(items.map(({ eventId }) => eventId)).toEqual([id['newest'], id['other'], id['oldest']]);
    expect(sizes).toEqual([2, 1]);
  });

  it.each([
    ['status=done', '/status'],
    ['partnerId=', '/partnerId'],
    ['trackingNumber=', '/trackingNumber'],
    ['from=now', '/from'],
    ['to=1717236000', '/to'],
    ['limit=1.5', '/limit'],
    ['cursor=%00', '/cursor'],
    ['eventId=evt_1', '/eventId'],
  ])('refuses %s and names the field', async (query, path) => {
    const answer = await app.get(`/events?${query}`);
    expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
    expect(answer.json).toHaveProperty('errors.0.path', path);
  });

  it.each(['limit=abc', 'limit=', 'limit=0', 'limit=201', 'limit=1&limit=2'])(
    'names the fault of %s once',
    async (query) => {
      const { json } = await app.get(`/events?${query}`);
      const fault = { path: '/limit', message: 'must be a whole number from 1 to 200' };
      expect(json).toHaveProperty('errors', [fault]);
    },
  );

  it('shows one the same way in the list and alone', async () => {
    const shown = {
      eventId: id['oldest'],
      partnerId: 'acme',
      status: 'processed',
      dedupeKey: 'id:1',
      receivedAt: '2025-06-01T12:01:00.000Z',
      finishedAt: '2025-06-01T12:10:00.000Z',
      format: 'canonical',
      schemaVersion: '1',
      priority: 5,
      contentType: 'image/png',
      bodyBytes: BYTES.length,
      headers: {},
      query: {},
      attempts: 1,
      crashes: 0,
      replays: 0,
      attemptHistory: [],
      traceId: '0af7651916cd43dd8448eb211c80319c',
    };
    expect((await app.get(`/events/${id['oldest']}`)).json).toEqual(shown);
    expect((await app.get('/events?to=2025-06-01T12:02:00Z')).json).toEqual({
      items: [shown],
      nextCursor: null,
    });
  });

  it('hands out the exact bytes as a file', async () => {
    const { statusCode, headers, body } = await request(`${app.url}/events/${id['oldest']}/raw`, {
      headers: { authorization: `Bearer ${KEYS.viewer}` },
    });

    expect(statusCode).toBe(200);
    expect(Buffer.from(await body.arrayBuffer()).equals(BYTES)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-original-content-type': 'image/png',
      'content-disposition': `attachment; filename="${id['oldest']}.bin"`,
      'x-content-type-options': 'nosniff',
      'content-length': String(BYTES.length),
    });
  });

  it('answers 404 for unknown ones and 401 without a key', async () => {
    for (const path of ['/events/evt_nobody', '/events/evt_nobody/raw']) {
      const answer = await app.get(path);
      expect(answer).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    for (const path of ['/events', `/events/${id['oldest']}`, `/events/${id['oldest']}/raw`]) {
      expect(await app.get(path, { bearer: 'wrong' })).toMatchObject({ status: 401 });
    }
  });
});
