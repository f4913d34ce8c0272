import { EventsAdminModule } from '#admin/events/events-admin.module';
import { OperationsAdminModule } from '#admin/operations/operations-admin.module';
import { ShipmentsAdminModule } from '#admin/shipments/shipments-admin.module';
import { INBOUND_EVENTS, newEntryDocument } from '#domain/events/inbound-events.schema';
import { type OperationKind } from '#domain/operations/operation';
import { OPERATIONS } from '#domain/operations/operations.schema';
import { PartnerDrafts } from '#domain/partners/partner-drafts';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { Database } from '#platform/mongo/database';
import { type AdminApp, KEYS, startAdminApp } from '../admin-read/admin-app';
import { everyPage, idsOf } from '../admin-read/every-page';
import { ToldHistory } from '../admin-read/history';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { anInboundEvent } from '../builders/an-inbound-event';
import { type Answer } from '../support/http';
import { ACME, FROM, TO } from './replay-parts';

const RANGE = { partnerId: 'acme', from: FROM.toISOString(), to: TO.toISOString() };

describe('operations over HTTP', () => {
  let app: AdminApp;

  beforeAll(async () => {
    app = await startAdminApp([EventsAdminModule, OperationsAdminModule, ShipmentsAdminModule]);
    const draft = app.nest.get(PartnerDrafts).check(ACME);
    if (!draft.ok) throw new Error(JSON.stringify(draft.faults));
    await app.nest.get(PartnersRepository).insert(draft.id, draft.content);
    const history = new ToldHistory(app);
    for (const trackingNumber of ['A', 'B']) await history.told(aShipmentEvent({ trackingNumber }));
    const journal = app.nest.get(Database).collection(INBOUND_EVENTS);
    for (const status of ['processed', 'ignored', 'dead_lettered'] as const) {
      const event = anInboundEvent({
        receivedAt: FROM,
        format: 'partner',
        body: Buffer.from('{"parcels":[]}'),
      });
      await journal.insertOne({ ...newEntryDocument(event, 'b-1'), status });
    }
  });
  afterEach(() => app.nest.get(Database).collection(OPERATIONS).deleteMany({}));
  afterAll(() => app.close());

  const member = ({ json }: Answer, name: string): unknown =>
    typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined;
  const started = async (json: object = {}): Promise<string> =>
    String(member(await app.post('/shipments/rebuild', { json }), 'operationId'));

  it('should start a rebuild of all, with a body or without one', async () => {
    for (const options of [{}, { json: {} }]) {
      const answer = await app.post('/shipments/rebuild', options);
      expect(answer).toMatchObject({ status: 202, json: { matched: 2 } });
      const shown = await app.get(`/operations/${String(member(answer, 'operationId'))}`);
      expect(shown.json).toMatchObject({
        kind: 'rebuild_shipments',
        state: 'running',
        matched: 2,
        done: 0,
        failed: 0,
        changed: 0,
        filter: {},
        requestedBy: 'Olaf',
      });
      expect(shown.json).not.toHaveProperty('cursor');
    }
  });

  it('should keep what was said with it', async () => {
    const terms = { ratePerSecond: 10, note: '  after the outage ' };
    const id = await started({ partnerId: 'acme', trackingNumber: 'A', ...terms });
    expect((await app.get(`/operations/${id}`)).json).toMatchObject({
      matched: 1,
      filter: { partnerId: 'acme', trackingNumber: 'A' },
      ratePerSecond: 10,
      note: 'after the outage',
    });
  });

  it('should start a replay of what is kept and done, up to now at the latest', async () => {
    const filter = { ...RANGE, to: '2100-01-01T00:00:00Z' };
    const answer = await app.post('/events/replay', { json: { filter, note: 'mended' } });
    expect(answer).toMatchObject({ status: 202, json: { matched: 2 } });
    const { json } = await app.get(`/operations/${String(member(answer, 'operationId'))}`);
    expect(json).toMatchObject({ kind: 'replay_events', filter: { partnerId: 'acme' }, note: 'mended' });
    const shown = json as { filter: { to: string }; createdAt: string };
    expect(Date.parse(shown.filter.to)).toBeLessThanOrEqual(Date.parse(shown.createdAt));
  });

  it('should compare and start nothing with dryRun', async () => {
    const answer = await app.post('/events/replay', { json: { filter: RANGE, dryRun: true } });
    const nothing = { changed: 0, unreadable: 0, sample: [], problems: [] };
    expect(answer).toMatchObject({ status: 200, json: { matched: 2, compared: 2, same: 2, ...nothing } });
    expect(await idsOf(app, '/operations', 'id')).toEqual([]);
  });

  it.each([
    ['no filter', {}, '/filter/partnerId'],
    ['no partner', { filter: { from: RANGE.from, to: RANGE.to } }, '/filter/partnerId'],
    ['no end', { filter: { partnerId: 'acme', from: RANGE.from } }, '/filter/to'],
    ['a time that is none', { filter: { ...RANGE, from: 'yesterday' } }, '/filter/from'],
    ['an end before the beginning', { filter: { ...RANGE, to: RANGE.from } }, '/filter/to'],
    ['dead letters', { filter: { ...RANGE, status: 'dead_lettered' } }, '/filter/status'],
    ['what there is not', { filter: { ...RANGE, parcel: 'A' } }, '/filter/parcel'],
    ['no speed', { filter: RANGE, ratePerSecond: 0 }, '/ratePerSecond'],
    ['half a run', { filter: RANGE, dryRun: 'yes' }, '/dryRun'],
    ['null', { filter: null }, '/filter'],
  ])('should refuse a replay with %s and name the field', async (_, json, path) => {
    const answer = await app.post('/events/replay', { json });
    expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
    expect(answer.json).toHaveProperty('errors.0.path', path);
  });

  it('should not replay where the flag for a dry run stands beside the body', async () => {
    const answer = await app.post('/events/replay?dryRun=true', { json: { filter: RANGE } });
    expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
    expect(answer.json).toHaveProperty('errors.0.path', '/dryRun');
    expect(await idsOf(app, '/operations', 'id')).toEqual([]);
  });

  it('should refuse a replay for a partner that there is not', async () => {
    const json = { filter: { ...RANGE, partnerId: 'nobody' } };
    expect(await app.post('/events/replay', { json })).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND' },
    });
  });

  it.each([
    [{ trackingNumber: '' }, '/trackingNumber'],
    [{ partnerId: 7 }, '/partnerId'],
    [{ ratePerSecond: 1.5 }, '/ratePerSecond'],
    [{ all: true }, '/all'],
    [{ partnerId: null }, '/partnerId'],
  ])('should refuse a rebuild with %j and name the field', async (json, path) => {
    const answer = await app.post('/shipments/rebuild', { json });
    expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
    expect(answer.json).toHaveProperty('errors.0.path', path);
  });

  it('should say once what one field is to be', async () => {
    const answer = await app.post('/shipments/rebuild', { json: { ratePerSecond: '5' } });
    const message = 'must be a whole number from 1 to 10000';
    expect(answer.json).toHaveProperty('errors', [{ path: '/ratePerSecond', message }]);
  });

  it('should list them newest first, by state and kind', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await started());
    await app.post(`/operations/${ids[0]}/cancel`);
    const { items, sizes } = await everyPage(app, '/operations', 2);
    expect(sizes).toEqual([2, 2, 1]);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids));
    const times = items.map(({ createdAt }) => String(createdAt));
    expect(times).toEqual([...times].sort().reverse());
    expect(await idsOf(app, '/operations?state=cancelled', 'id')).toEqual([ids[0]]);
    const kind: OperationKind = 'replay_events';
    expect(await idsOf(app, `/operations?kind=${kind}`, 'id')).toEqual([]);
    expect(await app.get('/operations?state=paused')).toMatchObject({ status: 400 });
  });

  it('should cancel what is running, once', async () => {
    const id = await started();
    const cancelled = await app.post(`/operations/${id}/cancel`);
    expect(cancelled).toMatchObject({
      status: 200,
      json: { id, state: 'cancelled', message: 'cancelled by Olaf' },
    });
    expect(cancelled.json).toHaveProperty('finishedAt');
    const again = await app.post(`/operations/${id}/cancel`);
    expect(again).toMatchObject({ status: 409, json: { code: 'CONFLICT' } });
    expect(member(again, 'detail')).toContain('cancelled');
    expect(await app.post('/operations/op_none/cancel')).toMatchObject({ status: 404 });
    expect(await app.get('/operations/op_none')).toMatchObject({ status: 404 });
  });

  it('should let viewers look and operators act', async () => {
    const bearer = KEYS.viewer;
    const id = await started();
    expect(await app.get('/operations', { bearer })).toMatchObject({ status: 200 });
    for (const path of ['/shipments/rebuild', '/events/replay', `/operations/${id}/cancel`]) {
      expect(await app.post(path, { bearer })).toMatchObject({ status: 403, json: { code: 'FORBIDDEN' } });
      expect(await app.post(path, { bearer: 'wrong' })).toMatchObject({ status: 401 });
    }
    expect((await app.get(`/operations/${id}`)).json).toMatchObject({ state: 'running' });
  });
});
