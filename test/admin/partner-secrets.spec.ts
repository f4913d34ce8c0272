import { type Collection } from 'mongodb';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type PartnerRecord, PARTNERS } from '#domain/partners/partners.schema';
import { SecretUsesRepository } from '#domain/partners/secret-uses.repository';
import { Database } from '#platform/mongo/database';
import { aPartner, CANARY } from '../partners/a-partner';
import { verdictOn } from '../partners/process-partners';
import { testDatabase, type TestDatabase } from '../support/test-database';
import { type AdminProcess, startProcess } from './partners-app';

const SECOND = 'second-CANARY-b83e55d2a7';
const A_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

/** The value that an answer shows. */
function shownValue(json: unknown): string {
  if (typeof json === 'object' && json !== null && 'value' in json && typeof json.value === 'string')
    return json.value;
  throw new Error('a value was expected');
}

describe('the secrets of a partner', () => {
  let stores: TestDatabase;
  let here: AdminProcess;
  let collection: Collection<PartnerRecord>;

  beforeAll(async () => {
    stores = testDatabase();
    here = await startProcess(stores);
    collection = here.nest.get(Database).collection(PARTNERS);
  });
  afterAll(async () => {
    await here.nest.close();
    await stores.cleanup();
  });
  beforeEach(async () => {
    await collection.deleteMany({});
    await here.admin('POST', '', { json: aPartner('acme') });
  });

  const add = (json: unknown, headers: Record<string, string> = {}) =>
    here.admin('POST', '/acme/secrets', { json, headers });
  const partner = () => here.admin('GET', '/acme');
  const verdict = (secret: string) => verdictOn(here.nest.get(PartnerDirectory).find('acme'), secret);

  it('may be several: each that is live is tried', async () => {
    const added = await add({ id: 'july', value: SECOND });
    expect(added).toMatchObject({ status: 201, json: { id: 'july', createdAt: A_TIME } });
    expect(added.json).not.toHaveProperty('value');
    expect(verdict(CANARY)).toMatchObject({ valid: true, secretId: 's1' });
    expect(verdict(SECOND)).toMatchObject({ valid: true, secretId: 'july' });
    expect((await partner()).json).toMatchObject({ secrets: [{ id: 's1' }, { id: 'july' }], revision: 2 });
  });

  it.each([
    ['an empty object', {}],
    ['no body at all', undefined],
  ])('are made where %s gives no value, and shown once', async (_, json) => {
    const { status, json: shown } = await here.admin('POST', '/acme/secrets', json && { json });
    expect(status).toBe(201);
    const value = shownValue(shown);
    expect(verdict(value)).toMatchObject({ valid: true });
    expect((await partner()).text).not.toContain(value);
  });

  it('live from then and until then', async () => {
    const future = new Date(Date.now() + 3_600_000).toISOString();
    expect(await add({ value: SECOND, activeFrom: future })).toMatchObject({ json: { activeFrom: future } });
    expect(verdict(SECOND)).toMatchObject({ valid: false });
    const past = new Date(Date.now() - 1_000).toISOString();
    const retired = await here.admin('PATCH', '/acme/secrets/s1', { json: { retireAt: past } });
    expect(retired).toMatchObject({ status: 200, json: { id: 's1', retireAt: past } });
    expect(verdict(CANARY)).toMatchObject({ valid: false });
    const back = await here.admin('PATCH', '/acme/secrets/s1', { json: { retireAt: null } });
    expect(back.json).not.toHaveProperty('retireAt');
    expect(verdict(CANARY)).toMatchObject({ valid: true });
  });

  it('are removed at once', async () => {
    await add({ id: 'july', value: SECOND });
    const removed = await here.admin('DELETE', '/acme/secrets/s1');
    expect(removed).toMatchObject({ status: 204, text: '' });
    expect(verdict(CANARY)).toMatchObject({ valid: false });
    expect(verdict(SECOND)).toMatchObject({ valid: true });
    expect(await here.admin('DELETE', '/acme/secrets/s1')).toMatchObject({ status: 404 });
  });

  it('show when they were last used since they were made, until they are removed', async () => {
    const lastUsedAt = new Date(Date.now() + 60_000);
    const uses = here.nest.get(SecretUsesRepository);
    const record = (at: Date) => uses.record([{ partnerId: 'acme', secretId: 's1', lastUsedAt: at }]);
    await record(new Date('2026-01-01T00:00:00.000Z'));
    expect((await partner()).json).not.toHaveProperty('secrets.0.lastUsedAt');
    await record(lastUsedAt);
    const used = { secrets: [{ id: 's1', lastUsedAt: lastUsedAt.toISOString() }] };
    expect((await partner()).json).toMatchObject(used);
    expect((await here.admin('GET', '')).json).toMatchObject({ items: [used] });
    await here.admin('DELETE', '/acme/secrets/s1');
    await add({ id: 's1', value: SECOND });
    expect((await partner()).json).not.toHaveProperty('secrets.0.lastUsedAt');
  });

  it('are changed only from the version that If-Match names', async () => {
    const { etag = '' } = (await partner()).headers;
    const first = await add({ id: 'july', value: SECOND }, { 'if-match': String(etag) });
    expect(first.status).toBe(201);
    expect(first.headers.etag).not.toBe(etag);
    const headers = { 'if-match': String(etag) };
    for (const [method, path, json] of [
      ['POST', '/acme/secrets', {}],
      ['PATCH', '/acme/secrets/s1', { keyId: 'k' }],
      ['DELETE', '/acme/secrets/s1', undefined],
    ] as const)
      expect(await here.admin(method, path, { headers, ...(json && { json }) })).toMatchObject({
        status: 412,
      });
  });

  it.each([
    ['POST', '', { value: '' }, '/value'],
    ['POST', '', { value: 7 }, '/value'],
    ['POST', '', { value: SECOND, id: 's1' }, '/id'],
    ['POST', '', { value: SECOND, more: 1 }, '/more'],
    ['POST', '', { value: 'env:MONGO_URI' }, '/value'],
    ['PATCH', '/s1', { retireAt: 'soon' }, '/retireAt'],
    ['PATCH', '/s1', { value: SECOND }, '/value'],
  ])('%s %s %j is refused at its place, and not repeated', async (method, path, json, at) => {
    const refused = await here.admin(method, `/acme/secrets${path}`, { json });
    expect(refused).toMatchObject({ status: 400, json: { errors: [{ path: at }] } });
    expect(refused.text).not.toContain('CANARY');
    expect((await partner()).json).toMatchObject({ revision: 1 });
  });

  it('of nobody are not found', async () => {
    expect(await here.admin('POST', '/nobody/secrets', { json: {} })).toMatchObject({ status: 404 });
    expect(await here.admin('PATCH', '/acme/secrets/none', { json: {} })).toMatchObject({ status: 404 });
  });

  it('that are added at the same time are all kept', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => add({ id, value: `value-of-${id}` })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await partner()).text).toMatch(/"a".*"d"|"d".*"a"/);
    expect((await partner()).json).toMatchObject({ revision: 5 });
  });
});
