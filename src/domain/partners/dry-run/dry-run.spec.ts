import { createHmac } from 'node:crypto';
import { aPartner, aSecret } from '../testing/builders';
import { dryRun } from './dry-run';
import { type DryRunRequest, parseDryRunRequest } from './dry-run-request';

const SECRET = 'the-secret';
const BODY = JSON.stringify({
  id: 'a-1',
  items: [
    { parcel: 'AC-1', state: 'MOVING', when: '2026-09-01T11:00:00Z' },
    { parcel: 'AC-2', state: 'STUCK', when: '2026-09-01 11:00' },
    { state: 'MOVING', when: '2026-09-01T11:00:00Z' },
  ],
});
const DOCUMENT = {
  signature: {
    type: 'hmac',
    from: { header: 'x-signature' },
    signed: '{timestamp}.{body}',
    timestamp: { from: { header: 'x-time' } },
  },
  dedupe: { body: '/id' },
  priority: { in_transit: 3 },
  mapping: {
    each: '/items',
    event: { trackingNumber: '/parcel', status: '/state', occurredAt: '/when' },
    status: { MOVING: 'in_transit' },
  },
};
const AT = '2026-09-01T12:00:00Z';
const TIME = String(Date.parse(AT) / 1000);
const signatureOf = (body: string): string =>
  createHmac('sha256', SECRET).update(`${TIME}.${body}`).digest('hex');
const request = (over: DryRunRequest = {}): DryRunRequest => ({
  headers: {
    'Content-Type': 'application/json',
    'X-Signature': signatureOf(over.body ?? BODY),
    'x-time': TIME,
  },
  ...(over.bodyBase64 === undefined && { body: BODY }),
  at: AT,
  ...over,
});
const partner = (over: object = {}) => aPartner({ ...DOCUMENT, ...over }, [aSecret(SECRET, { id: 'june' })]);

describe('a dry run', () => {
  it('shows verdict, identity and events', async () => {
    expect(await dryRun(partner(), request())).toMatchObject({
      partnerId: 'acme',
      enabled: true,
      refusal: null,
      signature: { valid: true, alternative: 'hmac0', covers: 'body', secretId: 'june' },
      dedupeKey: 'a-1',
      eventId: expect.stringMatching(/^evt_[a-z2-7]{26}$/) as string,
      schemaVersion: '1',
      priority: 3,
      events: [
        { trackingNumber: 'AC-1', status: 'in_transit', partnerStatus: 'MOVING' },
        { trackingNumber: 'AC-2', status: 'unknown', partnerStatus: 'STUCK', occurredAt: null },
      ],
      unmapped: ['STUCK'],
      problems: [
        { index: 1, code: 'time_without_zone', value: '2026-09-01 11:00' },
        { index: 2, code: 'MISSING_TRACKING_NUMBER' },
      ],
    });
  });

  it.each<[string, DryRunRequest, string, string]>([
    ['at another time', { at: '2026-09-01T12:02:00Z' }, 'STALE_TIMESTAMP', 'stale'],
    ['without a signature', { headers: {} }, 'INVALID_SIGNATURE', 'missing_signature'],
    ['from another address', { ip: '198.51.100.1' }, 'IP_NOT_ALLOWED', 'address_not_allowed'],
  ])('%s shows why it would be refused, and the events all the same', async (_, over, code, reason) => {
    const { headers } = request(over);
    const typed = request({ ...over, headers: { 'content-type': 'application/json', ...headers } });
    const run = await dryRun(partner({ allowIps: ['203.0.113.0/24'] }), typed);
    expect(run).toMatchObject({ refusal: code, signature: { valid: false, code, reason } });
    expect(run.events).toHaveLength(2);
  });

  it('takes exact bytes, and the same request by them is the same event', async () => {
    const bytes = request({ bodyBase64: Buffer.from(BODY).toString('base64') });
    expect(await dryRun(partner(), bytes)).toEqual(await dryRun(partner(), request()));
  });

  it('of a header that comes twice is refused as the intake does', async () => {
    const { headers = {} } = request();
    const twice = request({ headers: { ...headers, 'X-Signature': ['a', 'b'] } });
    expect(await dryRun(partner(), twice)).toMatchObject({ signature: { reason: 'ambiguous_header' } });
  });

  it('reads what the sender signed of its URL', async () => {
    const url = 'https://sender.example/hooks/acme?x=1';
    const signed = createHmac('sha256', SECRET).update(`POST ${url}`).digest('hex');
    const signature = { type: 'hmac', from: { header: 'x-signature' }, signed: '{method} {url}' };
    const headers = { 'content-type': 'application/json', 'x-signature': signed };
    const run = await dryRun(partner({ signature }), request({ url, headers }));
    expect(run.signature).toMatchObject({
      valid: true,
      covers: expect.stringMatching(/part|none/) as string,
    });
  });

  it.each([
    ['is not JSON', 'nonsense', 'UNPARSABLE_BODY'],
    ['has nothing where the list should be', '{"id":"a-1"}', 'MAPPING_FAILED'],
  ])('of a body that %s shows the dead letter that it would be', async (_, body, code) => {
    const run = await dryRun(
      partner(),
      request({
        body,
        headers: { 'content-type': 'application/json', 'x-time': TIME, 'x-signature': signatureOf(body) },
      }),
    );
    expect(run).toMatchObject({ refusal: null, signature: { valid: true }, events: [] });
    expect(run.problems[0]).toMatchObject({ code });
  });

  it.each<[object, DryRunRequest, string]>([
    [{ enabled: false }, {}, 'PARTNER_DISABLED'],
    [{}, { headers: { 'content-type': 'text/plain' } }, 'UNSUPPORTED_MEDIA_TYPE'],
    [{ limits: { bodyBytes: 10 } }, {}, 'PAYLOAD_TOO_LARGE'],
    [{}, { body: '' }, 'INVALID_PAYLOAD'],
  ])('of %j with %j says %s', async (document, over, code) => {
    expect(await dryRun(partner(document), request(over))).toMatchObject({ refusal: code });
  });

  it('has no verdict where that is our fault', async () => {
    const broken = {
      ...partner(),
      verify: () => {
        throw new Error('secret "june" cannot be had');
      },
    };
    expect(await dryRun(broken, request())).toMatchObject({
      refusal: 'INTAKE_UNAVAILABLE',
      signature: { valid: false, code: 'INTAKE_UNAVAILABLE', reason: 'secret "june" cannot be had' },
    });
  });
});

describe('a written down request', () => {
  it.each([
    [7, ''],
    [{ more: 1 }, '/more'],
    [{ headers: { 'x y': 'a' } }, '/headers'],
    [{ headers: { x: 7 } }, '/headers/x'],
    [{ headers: { x: [] } }, '/headers/x'],
    [{ method: 'PO ST' }, '/method'],
    [{ path: 'hooks' }, '/path'],
    [{ url: 'hooks' }, '/url'],
    [{ ip: '999.1.1.1' }, '/ip'],
    [{ at: 'today' }, '/at'],
    [{ bodyBase64: 'not base64' }, '/bodyBase64'],
    [{ body: 'a', bodyBase64: 'YQ==' }, '/bodyBase64'],
  ])('%j is refused at %j', (written, path) => {
    const parsed = parseDryRunRequest(written);
    expect(parsed.ok ? [] : parsed.faults.map((fault) => fault.path)).toEqual([path]);
  });
});
