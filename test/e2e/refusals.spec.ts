import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Db, MongoClient } from 'mongodb';
import { aCanonicalEvent, type CanonicalEvent } from '../builders/a-canonical-event';
import { ADMIN_API_KEY, type GatewayProcess, SIGNING_SECRET, startGateway } from '../support/gateway-process';
import { type Answer, call } from '../support/http';
import { sendRaw } from '../support/raw-http';
import { standardWebhookHeaders } from '../support/standard-webhooks';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const ACME_SECRET = 'the secret of acme, which is long enough';
const ACME = {
  id: 'acme',
  signature: { type: 'hmac', from: { header: 'x-acme-signature' } },
  dedupe: { body: '/id' },
  mapping: { event: { trackingNumber: '/parcel', status: '/state' }, status: { MOVING: 'in_transit' } },
  limits: { bodyBytes: 1_000 },
  secrets: [{ value: ACME_SECRET }],
};

type Bytes = string | Buffer;
const COURIER = '/v1/events/courier';

describe('what the front door refuses', () => {
  const stores = testDatabase();
  const client = new MongoClient(stores.mongoUri);
  let db: Db;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    db = client.db(stores.dbName);
    gateway = await startGateway({ role: 'both', stores });
    const made = await call('POST', `${gateway.url}/v1/admin/partners`, {
      bearer: ADMIN_API_KEY,
      json: ACME,
    });
    expect(made.status).toBe(201);
  });
  afterAll(async () => {
    await gateway.kill();
    await client.close();
    await stores.cleanup();
  });

  const signed = (body: Bytes) => standardWebhookHeaders({ secret: SIGNING_SECRET, body });
  const post = (body: Bytes, headers: Record<string, string | string[]>, path = COURIER): Promise<Answer> =>
    call('POST', gateway.url + path, { headers: { 'content-type': 'application/json', ...headers }, body });
  const postSigned = (body: Bytes, more: Record<string, string> = {}) =>
    post(body, { ...signed(body), ...more });
  const json = (event: CanonicalEvent = aCanonicalEvent()): string => JSON.stringify(event);
  const acme = (body: Bytes): Promise<Answer> => {
    const signature = createHmac('sha256', ACME_SECRET).update(body).digest('hex');
    return post(body, { 'x-acme-signature': signature }, '/v1/webhooks/acme');
  };
  const request = (headers: readonly string[], body: Bytes): Bytes[] => [
    `POST ${COURIER} HTTP/1.1\r\nhost: gateway\r\n${headers.join('\r\n')}\r\n\r\n`,
    body,
  ];
  const lines = (headers: Record<string, string>): string[] =>
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const expectProblem = (answer: { status: number; json?: unknown }, status: number, code: string): void => {
    const text = expect.stringMatching(/./) as string;
    expect([answer.status, answer.json]).toMatchObject([
      status,
      { status, code, title: text, type: text, detail: text, traceId: text },
    ]);
  };
  const journalHolds = (event: CanonicalEvent) =>
    db.collection('inbound_events').countDocuments({ dedupeKey: event.idempotencyKey });

  describe('a signature', () => {
    const cases: [string, (body: string) => [Bytes, Record<string, string | string[]>]][] = [
      ['an altered byte', (body) => [body.replace('in_transit', 'in_transiT'), signed(body)]],
      ['a re-serialised body', (body) => [JSON.stringify(JSON.parse(body), null, 1), signed(body)]],
      ['a blank behind the body', (body) => [`${body} `, signed(body)]],
      ['no headers', (body) => [body, {}]],
      ['a missing id', (body) => [body, { ...signed(body), 'webhook-id': [] }]],
      [
        'a doubled id',
        (body) => {
          const headers = signed(body);
          return [body, { ...headers, 'webhook-id': ['msg_other', headers['webhook-id'] ?? ''] }];
        },
      ],
      ['one of another length', (body) => [body, { ...signed(body), 'webhook-signature': 'v1,AAAA' }]],
      [
        'one without a version',
        (body) => {
          const headers = signed(body);
          return [body, { ...headers, 'webhook-signature': (headers['webhook-signature'] ?? '').slice(3) }];
        },
      ],
      ['one that is not base64', (body) => [body, { ...signed(body), 'webhook-signature': 'v1,§§§' }]],
      ['a non-numeric time', (body) => [body, { ...signed(body), 'webhook-timestamp': 'now' }]],
      [
        'hex of the older form, cut',
        (body) => {
          const hex = createHmac('sha256', SIGNING_SECRET).update(body).digest('hex');
          const time = String(Math.floor(Date.now() / 1000));
          return [body, { 'x-signature': hex.slice(2), 'x-signature-timestamp': time }];
        },
      ],
      [
        'no hex in the older form',
        (body) => {
          const time = String(Math.floor(Date.now() / 1000));
          return [body, { 'x-signature': 'zz'.repeat(32), 'x-signature-timestamp': time }];
        },
      ],
    ];

    it.each(cases)('with %s: 401 INVALID_SIGNATURE, and nothing is kept', async (_, make) => {
      const event = aCanonicalEvent();
      const [body, headers] = make(json(event));
      expectProblem(await post(body, headers), 401, 'INVALID_SIGNATURE');
      expect(await journalHolds(event)).toBe(0);
    });

    it('should tell a stale time, and one ahead, only to who signed it', async () => {
      for (const at of [new Date(Date.now() - 120_000), new Date(Date.now() + 120_000)]) {
        const body = json();
        const headers = standardWebhookHeaders({ secret: SIGNING_SECRET, body, at });
        expectProblem(await post(body, headers), 401, 'STALE_TIMESTAMP');
        expectProblem(await post(`${body} `, headers), 401, 'INVALID_SIGNATURE');
      }
    });

    it('should not show anything about the body to who cannot sign', async () => {
      const bad = await post('{"not": "an event"}', signed('another body'));
      expect(JSON.stringify(bad.json)).not.toContain('errors');
    });
  });

  describe('a media type', () => {
    it.each(['text/plain', 'application/xml', 'application/jsonp', 'multipart/form-data; boundary=x'])(
      '%s: 415, before the signature is looked at',
      async (type) => {
        expectProblem(await post(json(), { 'content-type': type }), 415, 'UNSUPPORTED_MEDIA_TYPE');
      },
    );

    it('none at all: 415', async () => {
      const body = json();
      const answer = await sendRaw(
        gateway.url,
        request([...lines(signed(body)), `content-length: ${body.length}`], body),
      );
      expect([answer.status, answer.body]).toEqual([415, expect.stringContaining('UNSUPPORTED_MEDIA_TYPE')]);
    });

    it('gzip: 415', async () => {
      const body = gzipSync(json());
      expectProblem(await postSigned(body, { 'content-encoding': 'gzip' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    });

    it('a charset and upper case are taken', async () => {
      const answer = await postSigned(json(), { 'content-type': 'Application/JSON; charset=UTF-8' });
      expect(answer.status).toBe(202);
    });
  });

  describe('a size', () => {
    const tooLong = ' '.repeat(262_145);

    it('above the limit, told by content-length: 413 before the body is sent', async () => {
      const head = request(['content-type: application/json', `content-length: ${tooLong.length}`], '');
      const answer = await sendRaw(gateway.url, head);
      expect([answer.status, answer.body]).toEqual([413, expect.stringContaining('PAYLOAD_TOO_LARGE')]);
    });

    it('above the limit in chunks: 413 while it is read', async () => {
      const chunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;
      const head = request(['content-type: application/json', 'transfer-encoding: chunked'], '');
      const answer = await sendRaw(gateway.url, [...head, chunk, chunk, chunk, chunk, chunk, '0\r\n\r\n']);
      expect([answer.status, answer.body]).toEqual([413, expect.stringContaining('PAYLOAD_TOO_LARGE')]);
    });

    it('a signed event in chunks is taken', async () => {
      const body = json();
      const half = Math.floor(body.length / 2);
      const chunks = [body.slice(0, half), body.slice(half)].map(
        (part) => `${part.length.toString(16)}\r\n${part}\r\n`,
      );
      const headers = [
        ...lines(signed(body)),
        'content-type: application/json',
        'transfer-encoding: chunked',
      ];
      const answer = await sendRaw(gateway.url, [...request(headers, ''), ...chunks, '0\r\n\r\n']);
      expect(answer.status).toBe(202);
    });

    it('above the limit of its partner: 413', async () => {
      expectProblem(
        await acme(JSON.stringify({ id: 'x', note: 'x'.repeat(1_000) })),
        413,
        'PAYLOAD_TOO_LARGE',
      );
    });

    it('headers of 1 MB: 431', async () => {
      const answer = await sendRaw(gateway.url, request([`x-large: ${'x'.repeat(1_000_000)}`], ''));
      expect([answer.status, answer.body]).toEqual([431, expect.stringContaining('HEADERS_TOO_LARGE')]);
    });

    it('a body that never comes: 408', async () => {
      const head = request(['content-type: application/json', 'content-length: 100'], '{"half":');
      const answer = await sendRaw(gateway.url, head, 30_000);
      expect([answer.status, answer.body]).toEqual([408, expect.stringContaining('REQUEST_TIMEOUT')]);
    }, 40_000);
  });

  describe('a canonical body that is signed right', () => {
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
    const with_ = (text: string): string => json().replace('"source":"tests"', `"source":"tests",${text}`);
    it.each<[string, () => Bytes]>([
      ['empty', () => ''],
      ['not JSON', () => '{"eventId": not JSON'],
      ['an own __proto__', () => with_('"__proto__":{"admin":true}')],
      ['nested too deep', () => with_(`"deep":${deep}`)],
      ['no UTF-8', () => Buffer.concat([Buffer.from(json()), Buffer.from([0xff, 0xfe])])],
      ['a member twice', () => with_('"source":"again"')],
      ['a list', () => '[]'],
      ['no status', () => json(aCanonicalEvent({ status: undefined as never }))],
      ['a status nobody knows', () => json(aCanonicalEvent({ status: 'teleported' }))],
      ['a time without offset', () => json({ ...aCanonicalEvent(), occurredAt: '2026-01-01T10:00:00' })],
    ])('but %s: 400 INVALID_PAYLOAD with paths', async (_, make) => {
      const answer = await postSigned(make());
      expectProblem(answer, 400, 'INVALID_PAYLOAD');
      expect(answer.json).toMatchObject({ errors: [{ message: expect.stringMatching(/./) as string }] });
    });

    it('but of a version nobody knows: 422', async () => {
      expectProblem(
        await postSigned(json({ ...aCanonicalEvent(), schemaVersion: '99' })),
        422,
        'UNSUPPORTED_SCHEMA_VERSION',
      );
    });
  });

  it('should keep what a partner signed right and nobody can read, and make it a dead letter', async () => {
    const bodies: Bytes[] = [
      '{"id": not JSON',
      Buffer.from([0x7b, 0xff, 0x7d]),
      `{"id":"deep","x":${'['.repeat(80)}${']'.repeat(80)}}`,
    ];
    for (const body of bodies) {
      const answer = await acme(body);
      expect(answer).toMatchObject({ status: 202, json: { acknowledged: true, duplicate: false } });
      const { eventId } = answer.json as { eventId: string };
      const letter = () =>
        call('GET', `${gateway.url}/v1/admin/dead-letters/${eventId}`, { bearer: ADMIN_API_KEY });
      const found = await until(
        async () => {
          const a = await letter();
          return a.status === 200 && a;
        },
        { what: 'the dead letter' },
      );
      expect(found.json).toMatchObject({ reasonCode: 'UNPARSABLE_BODY', reviewStatus: 'pending' });
    }
  });

  it('should refuse unknown and disabled partners, unknown routes and other methods', async () => {
    expectProblem(await post(json(), {}, '/v1/webhooks/nobody'), 404, 'UNKNOWN_PARTNER');
    expectProblem(await post(json(), { 'x-partner-id': 'nobody' }), 404, 'UNKNOWN_PARTNER');
    const admin = { bearer: ADMIN_API_KEY };
    await call('PATCH', `${gateway.url}/v1/admin/partners/acme`, { ...admin, json: { enabled: false } });
    expectProblem(await acme('{}'), 403, 'PARTNER_DISABLED');
    await call('PATCH', `${gateway.url}/v1/admin/partners/acme`, {
      ...admin,
      json: { enabled: true, allowIps: ['203.0.113.0/24'] },
    });
    expectProblem(await acme('{}'), 403, 'IP_NOT_ALLOWED');
    await call('PATCH', `${gateway.url}/v1/admin/partners/acme`, { ...admin, json: { allowIps: null } });
    expectProblem(await call('POST', `${gateway.url}/v1/nothing`, { json: {} }), 404, 'NOT_FOUND');
    expectProblem(await call('PUT', gateway.url + COURIER, { json: {} }), 405, 'METHOD_NOT_ALLOWED');
    expectProblem(await call('GET', `${gateway.url}/v1/admin/nothing`), 401, 'UNAUTHORIZED');
  });

  it.each(['/docs/../package.json', '/docs/%2e%2e/%2e%2e/package.json'])(
    'shows no file beside its own pages, and calls that no fault of ours: %s',
    async (path) => {
      const answer = await sendRaw(gateway.url, [
        `GET ${path} HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n`,
      ]);
      expect([403, 404]).toContain(answer.status);
      expect(answer.body).not.toContain('dependencies');
    },
  );
});
