import { createHmac } from 'node:crypto';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { Database } from '#platform/mongo/database';
import { aPartner, CANARY } from '../partners/a-partner';
import { testDatabase, type TestDatabase } from '../support/test-database';
import { type AdminProcess, startProcess } from './partners-app';

const BODY = '{"id":"a-1","parcel":"AC-77","state":"MOVING","when":"2026-01-01T00:00:00Z"}';
const headersFor = (body: string | Buffer) => ({
  'content-type': 'application/json',
  'x-acme-signature': createHmac('sha256', CANARY).update(body).digest('hex'),
});

describe('the dry run of a partner', () => {
  let stores: TestDatabase;
  let here: AdminProcess;
  let there: AdminProcess;

  beforeAll(async () => {
    stores = testDatabase();
    [here, there] = [await startProcess(stores), await startProcess(stores)];
    await here.admin('POST', '', { json: aPartner('acme') });
  });
  afterAll(async () => {
    await Promise.all([here.nest.close(), there.nest.close()]);
    await stores.cleanup();
  });

  const run = (json: unknown, id = 'acme') => here.admin('POST', `/${id}/dry-run`, { json });

  it('shows what the request would come to, and stores nothing', async () => {
    const { status, json, text } = await run({ headers: headersFor(BODY), body: BODY });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: {
        refusal: null,
        signature: { valid: true, alternative: 'hmac0', covers: 'body', secretId: 's1' },
        dedupeKey: 'a-1',
        schemaVersion: '1',
        priority: 5,
        events: [{ trackingNumber: 'AC-77', status: 'in_transit', occurredAt: '2026-01-01T00:00:00.000Z' }],
        unmapped: [],
        problems: [],
      },
    });
    expect(text).not.toContain('CANARY');
    expect(await here.nest.get(Database).collection(INBOUND_EVENTS).countDocuments({})).toBe(0);
  });

  it('of a request without a signature shows its events all the same', async () => {
    expect((await run({ body: BODY })).json).toMatchObject({
      signature: { valid: false, code: 'INVALID_SIGNATURE', reason: 'missing_signature' },
      events: [{ trackingNumber: 'AC-77' }],
    });
  });

  it('follows a change by another process at once', async () => {
    await here.admin('POST', '', { json: aPartner('other') });
    await here.admin('PATCH', '/other', { json: { mapping: { status: { MOVING: 'exception' } } } });
    const { json } = await there.admin('POST', '/other/dry-run', { json: { body: BODY } });
    expect(json).toMatchObject({ events: [{ status: 'exception' }] });
  });

  it('works for a partner that is switched off, and says so', async () => {
    await here.admin('POST', '', { json: aPartner('off', { enabled: false }) });
    expect((await run({ headers: headersFor(BODY), body: BODY }, 'off')).json).toMatchObject({
      enabled: false,
      refusal: 'PARTNER_DISABLED',
      signature: { valid: true },
    });
  });

  it('takes a body of 4 MiB in base64', async () => {
    const body = Buffer.from(`{"id":"big","parcel":"AC-78","pad":"${'x'.repeat(4 * 1024 * 1024)}"}`);
    const { status, json } = await run({ headers: headersFor(body), bodyBase64: body.toString('base64') });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { refusal: 'PAYLOAD_TOO_LARGE', signature: { valid: true } },
    });
  });

  it('tells all that is wrong with what was sent', async () => {
    expect(await run({ at: 'today', more: 1 })).toMatchObject({
      status: 400,
      json: {
        errors: expect.arrayContaining([
          expect.objectContaining({ path: '/at' }),
          expect.objectContaining({ path: '/more' }),
        ]) as unknown,
      },
    });
  });

  it('of nobody is not found', async () => {
    expect(await run({ body: BODY }, 'nobody')).toMatchObject({ status: 404 });
  });
});
