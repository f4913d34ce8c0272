import { type Collection } from 'mongodb';
import { INBOUND_EVENTS, newEntryDocument } from '#domain/events/inbound-events.schema';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type PartnerRecord, PARTNERS } from '#domain/partners/partners.schema';
import { JobProducer } from '#platform/jobs/job-producer';
import { Database } from '#platform/mongo/database';
import { anInboundEvent } from '../builders/an-inbound-event';
import { aPartner, CANARY } from '../partners/a-partner';
import { testDatabase, type TestDatabase } from '../support/test-database';
import { until } from '../support/until';
import { type AdminProcess, startProcess } from './partners-app';

const SECOND = 'second-CANARY-b83e55d2a7';
const ETAG = /^"\d+-\d+"$/;
const A_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

describe('the partners of the admin API', () => {
  let stores: TestDatabase;
  let here: AdminProcess;
  let there: AdminProcess;
  let collection: Collection<PartnerRecord>;

  beforeAll(async () => {
    stores = testDatabase();
    [here, there] = [await startProcess(stores), await startProcess(stores)];
    collection = here.nest.get(Database).collection(PARTNERS);
  });
  afterAll(async () => {
    await Promise.all([here.nest.close(), there.nest.close()]);
    await stores.cleanup();
  });
  beforeEach(() => collection.deleteMany({}));

  const make = (json: unknown) => here.admin('POST', '', { json });
  const get = (id: string) => here.admin('GET', `/${id}`);
  const patch = (id: string, json: unknown, headers: Record<string, string> = {}) =>
    here.admin('PATCH', `/${id}`, { json, headers });

  describe('made', () => {
    it('is answered as it works, without a trace of its secret, and is in use at once', async () => {
      const made = await make(aPartner('acme', { name: 'Acme' }));
      expect(made.status).toBe(201);
      expect(made.headers).toMatchObject({ location: '/v1/admin/partners/acme' });
      const { secrets: _secrets, ...document } = aPartner('acme', { name: 'Acme' });
      expect(made.json).toEqual({
        ...document,
        secrets: [{ id: 's1', createdAt: A_TIME }],
        paused: false,
        revision: 1,
        createdAt: A_TIME,
        updatedAt: A_TIME,
      });
      expect(here.nest.get(PartnerDirectory).find('acme')).toMatchObject({ name: 'Acme' });
      await until(() => there.nest.get(PartnerDirectory).find('acme'), {
        what: 'the other process to know it',
        timeoutMs: 2_000,
      });
    });

    it('over a preset is shown with what the preset says', async () => {
      const made = await make({ id: 'shippo-eu', preset: 'shippo', secrets: [{ value: 'env:ACME_SECRET' }] });
      expect(made.json).toMatchObject({
        id: 'shippo-eu',
        preset: 'shippo',
        mapping: { status: { TRANSIT: 'in_transit' } },
        secrets: [{ reference: 'env:ACME_SECRET' }],
      });
      const stored = await collection.findOne({ _id: 'shippo-eu' });
      expect(stored?.document).toEqual({ id: 'shippo-eu', preset: 'shippo' });
    });

    it('twice is a conflict', async () => {
      await make(aPartner('acme'));
      expect(await make(aPartner('acme', { name: 'Another' }))).toMatchObject({
        status: 409,
        json: { code: 'CONFLICT', detail: expect.stringContaining('"acme"') as string },
      });
    });

    it('with faults is refused with all of them and their paths', async () => {
      const refused = await make({ id: 'Not Valid!', signature: { type: 'no-such-type' }, mapping: 7 });
      expect(refused).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
      expect(refused.json).toMatchObject({
        errors: expect.arrayContaining([
          expect.objectContaining({ path: '/id' }),
          expect.objectContaining({ path: '/signature/type' }),
          expect.objectContaining({ path: '/mapping' }),
        ]) as unknown,
      });
      expect(await collection.countDocuments({})).toBe(0);
    });

    it.each([
      ['a list', []],
      ['text', 'acme'],
      ['null', null],
    ])('of %s is refused', async (_, json) => {
      expect(await make(json)).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
    });

    it('never tells of a faulty secret what it is', async () => {
      const signature = { type: 'hmac', from: { header: 'x-acme-signature' }, key: { encoding: 'hex' } };
      const refused = await make(aPartner('acme', { signature }));
      expect(refused.json).toMatchObject({ errors: [{ path: '/secrets/0/value' }] });
      expect(refused.text).not.toContain(CANARY);
    });
  });

  describe('patched', () => {
    beforeEach(() => make(aPartner('acme')));

    it('keeps what the patch does not name', async () => {
      const changed = await patch('acme', { mapping: { status: { MOVING: 'out_for_delivery' } } });
      expect(changed).toMatchObject({
        status: 200,
        json: {
          revision: 2,
          mapping: { status: { MOVING: 'out_for_delivery', DONE: 'delivered' } },
          secrets: [{ id: 's1' }],
        },
      });
      expect((await get('acme')).json).toEqual(changed.json);
      expect(here.nest.get(PartnerDirectory).find('acme')).toMatchObject({ revision: 2 });
      await until(() => there.nest.get(PartnerDirectory).find('acme')?.revision === 2, {
        what: 'the other process to follow',
        timeoutMs: 2_000,
      });
    });

    it('takes a merge patch by its own media type, and null removes', async () => {
      await patch('acme', { notes: 'for now', limits: { perSecond: 5 } });
      const body = JSON.stringify({ notes: null, limits: { perSecond: null, burst: 7 } });
      const headers = { 'content-type': 'application/merge-patch+json' };
      const { json } = await here.admin('PATCH', '/acme', { body, headers });
      expect(json).toMatchObject({ limits: { burst: 7 } });
      expect(json).not.toHaveProperty('notes');
      expect(json).not.toHaveProperty('limits.perSecond');
    });

    it('with faults stays as it was', async () => {
      const refused = await patch('acme', { ack: { status: 500 }, id: 'other', unknown: 1 });
      expect(refused).toMatchObject({ status: 400, json: { code: 'INVALID_PAYLOAD' } });
      for (const path of ['/ack/status', '/id', '/unknown'])
        expect(refused.text).toContain(`"path":"${path}"`);
      expect((await get('acme')).json).toMatchObject({ revision: 1 });
    });

    it('replaces the list of secrets as a whole, and keeps the values that it names by their ids', async () => {
      const both = await patch('acme', { secrets: [{ id: 's1' }, { id: 's2', value: SECOND }] });
      expect(both.json).toMatchObject({ secrets: [{ id: 's1' }, { id: 's2' }] });
      const one = await patch('acme', { secrets: [{ id: 's2', retireAt: '2040-01-01T00:00:00Z' }] });
      expect(one.json).toMatchObject({ secrets: [{ id: 's2', retireAt: '2040-01-01T00:00:00.000Z' }] });
      const none = await patch('acme', { secrets: null });
      expect(none.json).toMatchObject({ secrets: [] });
      for (const { text } of [both, one, none]) expect(text).not.toContain('CANARY');
    });

    it('at the same time by many loses no change', async () => {
      const words = ['A', 'B', 'C', 'D'];
      const answers = await Promise.all(
        words.map((word) => patch('acme', { mapping: { status: { [word]: 'exception' } } })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect((await get('acme')).json).toMatchObject({
        revision: 5,
        mapping: { status: { A: 'exception', B: 'exception', C: 'exception', D: 'exception' } },
      });
    });

    it('only from the version that If-Match names', async () => {
      const { etag = '' } = (await get('acme')).headers;
      expect(etag).toMatch(ETAG);
      const first = await patch('acme', { name: 'First' }, { 'if-match': String(etag) });
      expect(first).toMatchObject({ status: 200, json: { name: 'First' } });
      const second = await patch('acme', { name: 'Second' }, { 'if-match': String(etag) });
      expect(second).toMatchObject({ status: 412, json: { code: 'PRECONDITION_FAILED' } });
      const third = await patch('acme', { name: 'Third' }, { 'if-match': String(first.headers.etag) });
      expect(third).toMatchObject({ status: 200, json: { name: 'Third', revision: 3 } });
    });

    it('takes away what a preset says', async () => {
      await make({ id: 'shippo-eu', preset: 'shippo', secrets: [{ value: SECOND }] });
      const { json } = await patch('shippo-eu', { mapping: { status: { TRANSIT: null, X: 'exception' } } });
      expect(json).toMatchObject({ mapping: { status: { DELIVERED: 'delivered', X: 'exception' } } });
      expect(json).not.toHaveProperty('mapping.status.TRANSIT');
    });

    it('that is not there is not found', async () => {
      expect(await patch('nobody', {})).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    });
  });

  describe('replaced', () => {
    beforeEach(() => make(aPartner('acme', { name: 'Acme', notes: 'old' })));
    const put = (id: string, json: unknown, headers: Record<string, string> = {}) =>
      here.admin('PUT', `/${id}`, { json, headers });

    it('has what the body says and nothing else, but its secrets', async () => {
      const { secrets: _secrets, ...document } = aPartner('acme', { name: 'Acme 2' });
      const replaced = await put('acme', document);
      expect(replaced).toMatchObject({
        status: 200,
        json: { name: 'Acme 2', revision: 2, secrets: [{ id: 's1' }] },
      });
      expect(replaced.json).not.toHaveProperty('notes');
      expect(here.nest.get(PartnerDirectory).find('acme')).toMatchObject({ name: 'Acme 2' });
    });

    it('takes back what was read, preset and all that was taken from it', async () => {
      const mapping = { status: { TRANSIT: null, X: 'exception' } };
      await make({ id: 'shippo-eu', preset: 'shippo', mapping, secrets: [{ id: 's1', value: SECOND }] });
      const read = await here.admin('GET', '/shippo-eu?written=true');
      expect(read.json).toMatchObject({ id: 'shippo-eu', preset: 'shippo', mapping });
      const { status, json } = await put('shippo-eu', read.json);
      expect({ status, json }).toMatchObject({ status: 200, json: { revision: 2, secrets: [{ id: 's1' }] } });
      expect(json).not.toHaveProperty('mapping.status.TRANSIT');
      const { document } = (await collection.findOne({ _id: 'shippo-eu' })) ?? {};
      expect(document).toEqual({ id: 'shippo-eu', preset: 'shippo', mapping });
    });

    it('only from the version that If-Match names', async () => {
      const { etag = '' } = (await get('acme')).headers;
      await patch('acme', { name: 'Changed' });
      const refused = await put('acme', aPartner('acme'), { 'if-match': String(etag) });
      expect(refused).toMatchObject({ status: 412, json: { code: 'PRECONDITION_FAILED' } });
      const now = (await get('acme')).headers.etag;
      expect(await put('acme', aPartner('acme'), { 'if-match': String(now) })).toMatchObject({ status: 200 });
    });

    it('with another id, with faults or where there is none stays as it was', async () => {
      expect(await put('acme', aPartner('other'))).toMatchObject({
        status: 400,
        json: { errors: [{ path: '/id' }] },
      });
      expect(await put('acme', { signature: 7 })).toMatchObject({ status: 400 });
      expect(await put('nobody', aPartner('nobody'))).toMatchObject({ status: 404 });
      expect((await get('acme')).json).toMatchObject({ name: 'Acme', revision: 1 });
    });
  });

  describe('applied', () => {
    const apply = (json: unknown, query = '') => here.admin('POST', `/apply${query}`, { json });

    it('is made, then left alone, then replaced; a dry run only says so', async () => {
      const dry = await apply(aPartner('acme'), '?dryRun=true');
      expect(dry).toMatchObject({ status: 200, json: { id: 'acme', action: 'create' } });
      expect(await collection.countDocuments({})).toBe(0);
      expect((await apply(aPartner('acme'))).json).toMatchObject({ action: 'create' });
      expect(here.nest.get(PartnerDirectory).find('acme')).toBeDefined();
      const again = await apply(aPartner('acme'));
      expect(again.json).toEqual({ id: 'acme', action: 'none', changes: [] });
      const changed = await apply(aPartner('acme', { name: 'Acme' }), '?dryRun=true');
      expect(changed.json).toMatchObject({ action: 'replace', changes: [{ path: '/name', after: 'Acme' }] });
      expect((await get('acme')).json).toMatchObject({ revision: 1 });
      await apply(aPartner('acme', { name: 'Acme' }));
      expect((await get('acme')).json).toMatchObject({ revision: 2, name: 'Acme', secrets: [{ id: 's1' }] });
      for (const { text } of [dry, again, changed]) expect(text).not.toContain('CANARY');
    });

    it('as it was shown is left alone, and changed where that was changed', async () => {
      await apply(aPartner('acme'));
      const { json: shown } = await get('acme');
      expect((await apply(shown)).json).toEqual({ id: 'acme', action: 'none', changes: [] });
      const changed = await apply({ ...Object(shown), name: 'Acme' });
      expect(changed.json).toMatchObject({ action: 'replace', changes: [{ path: '/name', after: 'Acme' }] });
      expect((await get('acme')).json).toMatchObject({ revision: 2, name: 'Acme', secrets: [{ id: 's1' }] });
    });

    it('with faults is refused with their places', async () => {
      expect(await apply({ signature: 7 })).toMatchObject({
        status: 400,
        json: { errors: [{ path: '/id' }] },
      });
      expect(await apply(aPartner('acme', { more: 1 }))).toMatchObject({
        status: 400,
        json: { errors: [{ path: '/more' }] },
      });
      expect(await apply(aPartner('acme'), '?dryRun=perhaps')).toMatchObject({ status: 400 });
    });
  });

  describe('removed', () => {
    beforeEach(() => make(aPartner('acme')));
    const remove = (id: string, headers: Record<string, string> = {}) =>
      here.admin('DELETE', `/${id}`, { headers });

    it('is gone here at once and everywhere within 2 s', async () => {
      await until(() => there.nest.get(PartnerDirectory).find('acme'), { what: 'it to be known' });
      expect(await remove('acme')).toMatchObject({ status: 204, text: '' });
      expect(here.nest.get(PartnerDirectory).find('acme')).toBeUndefined();
      await until(() => there.nest.get(PartnerDirectory).find('acme') === undefined, {
        what: 'its end',
        timeoutMs: 2_000,
      });
      expect(await get('acme')).toMatchObject({ status: 404 });
      expect(await remove('acme')).toMatchObject({ status: 404 });
    });

    it('only from the version that If-Match names', async () => {
      const { etag = '' } = (await get('acme')).headers;
      await patch('acme', { name: 'Changed' });
      expect(await remove('acme', { 'if-match': String(etag) })).toMatchObject({ status: 412 });
      expect(await get('acme')).toMatchObject({ status: 200 });
    });

    it('not while an event of it is unfinished', async () => {
      const events = here.nest.get(Database).collection(INBOUND_EVENTS);
      const event = newEntryDocument(anInboundEvent({ partnerId: 'acme' }), 'b-1');
      await events.insertOne(event);
      expect(await remove('acme')).toMatchObject({ status: 409, json: { code: 'CONFLICT' } });
      await events.updateOne({ _id: event._id }, { $set: { status: 'processed' }, $unset: { dueAt: 1 } });
      expect(await remove('acme')).toMatchObject({ status: 204 });
    });

    it('not while a batch is in its queue', async () => {
      const producer = here.nest.get(JobProducer);
      await producer.enqueue(
        'process-batch',
        'acme',
        { v: 1, partnerId: 'acme', eventIds: ['evt_1'] },
        { jobId: 'b-1', priority: 5, delayMs: 60_000 },
      );
      expect(await remove('acme')).toMatchObject({ status: 409, json: { code: 'CONFLICT' } });
    });
  });

  describe('read', () => {
    it('that is not there is not found', async () => {
      expect(await get('nobody')).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    });

    it('is shown all the same where it cannot be served, with the reason', async () => {
      await make(aPartner('acme'));
      await collection.updateOne({ _id: 'acme' }, { $set: { 'document.preset': 'gone', revision: 2 } });
      await here.nest.get(PartnerDirectory).refreshed();
      expect(await get('acme')).toMatchObject({
        status: 200,
        json: { id: 'acme', preset: 'gone', fault: expect.stringContaining('/preset') as string },
      });
      expect(await patch('acme', { preset: null })).toMatchObject({ status: 200, json: { revision: 3 } });
      expect((await get('acme')).json).not.toHaveProperty('fault');
    });

    it('as a list comes newest first, page by page', async () => {
      for (const id of ['p1', 'p2', 'p3']) await make(aPartner(id));
      const first = await here.admin('GET', '?limit=2');
      const [, cursor = ''] = /"nextCursor":"([^"]+)"/.exec(first.text) ?? [];
      const second = await here.admin('GET', `?limit=2&cursor=${encodeURIComponent(cursor)}`);
      expect(first.json).toMatchObject({ items: [{ id: 'p3' }, { id: 'p2' }] });
      expect(second.json).toMatchObject({ items: [{ id: 'p1' }], nextCursor: null });
      expect(first.text + second.text).not.toContain('CANARY');
    });

    it.each(['?limit=0', '?limit=201', '?cursor=nonsense', '?more=1'])('refuses %s', async (query) => {
      expect(await here.admin('GET', query)).toMatchObject({
        status: 400,
        json: { code: 'INVALID_PAYLOAD' },
      });
    });
  });

  it.each([
    ['POST', ''],
    ['GET', ''],
    ['GET', '/acme'],
    ['PUT', '/acme'],
    ['PATCH', '/acme'],
    ['DELETE', '/acme'],
    ['POST', '/apply'],
    ['POST', '/acme/secrets'],
    ['PATCH', '/acme/secrets/s1'],
    ['DELETE', '/acme/secrets/s1'],
    ['POST', '/acme/dry-run'],
  ])('%s %s is for keys only', async (method, path) => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic YTpi' }]) {
      const options = method === 'GET' ? { headers } : { headers, json: aPartner('acme') };
      const { status, json: problem } = await here.anyone(method, path, options);
      expect({ status, problem }).toMatchObject({ status: 401, problem: { code: 'UNAUTHORIZED' } });
    }
    expect(await collection.countDocuments({})).toBe(0);
  });
});
