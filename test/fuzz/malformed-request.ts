import fc from 'fast-check';
import { aCanonicalEvent } from '../builders/a-canonical-event';
import { SIGNING_SECRET } from '../support/gateway-process';
import { standardWebhookHeaders } from '../support/standard-webhooks';

/** One step that makes a request worse; works on bytes, so that nothing is too wrong to be sent. */
type Spoil = (request: Buffer) => Buffer;

const CRLF = '\r\n';
const at = (request: Buffer, part: number): number => Math.floor(part * Math.max(0, request.length - 1));
const headEnd = (request: Buffer): number => Math.max(0, request.indexOf(CRLF + CRLF));

/** Puts text in at the start of the given header line (0 is the first after the request line). */
function beforeLine(request: Buffer, line: number, text: string | Buffer): Buffer {
  let from = request.indexOf(CRLF) + CRLF.length;
  for (let skipped = 0; skipped < line; skipped += 1) {
    const next = request.indexOf(CRLF, from);
    if (next < 0 || next >= headEnd(request)) break;
    from = next + CRLF.length;
  }
  return Buffer.concat([request.subarray(0, from), Buffer.from(text), request.subarray(from)]);
}

const replaced = (request: Buffer, from: string, to: string): Buffer =>
  Buffer.from(
    request.toString('latin1').replace(from, () => to),
    'latin1',
  );

const HEADER_LINES = [
  'content-length: 5',
  'content-length: -1',
  'content-length: 99999999999999999999',
  'content-length: 0x10',
  'transfer-encoding: chunked',
  'transfer-encoding: gzip, chunked',
  'content-encoding: gzip',
  'content-encoding: identity',
  'content-type: application/json',
  'content-type: application/x-www-form-urlencoded',
  'content-type: text/plain',
  'content-type: ;;;',
  'content-type: application/json; charset=utf-16',
  'webhook-signature: v1,',
  `webhook-signature: ${'v1,x '.repeat(60)}`,
  'webhook-id: msg_other',
  'webhook-timestamp: NaN',
  'webhook-timestamp: 99999999999999999999999',
  'x-partner-id: default',
  'x-partner-id: ../../admin',
  'x-partner-id: __proto__',
  'x-forwarded-for: 1.2.3.4, ::1, nonsense',
  'x-request-id: \u0001\u0002',
  `x-request-id: ${'r'.repeat(4000)}`,
  'traceparent: 00-zz-zz-01',
  `traceparent: 00-${'0'.repeat(32)}-${'0'.repeat(16)}-ff`,
  'expect: 100-continue',
  'expect: nothing',
  'connection: close, upgrade',
  'upgrade: websocket',
  'host: ',
  'host: [::1',
  ': no name',
  'no colon',
  ' folded: yes',
  `long: ${'l'.repeat(20_000)}`,
];

const TARGETS = [
  '/v1/webhooks/default',
  '/v1/webhooks/',
  '/v1/webhooks/%zz',
  '/v1/webhooks/%00',
  '/v1/webhooks/..%2f..%2fadmin',
  '/v1/webhooks/__proto__',
  '/v1/webhooks/constructor',
  `/v1/webhooks/${'p'.repeat(3000)}`,
  '/v1/events/courier?x=%',
  '/v1/events/courier/../courier',
  '//v1//events//courier',
  '/v1/admin/partners',
  '/v1/admin/%zz',
  '*',
  'http://other.example/v1/events/courier',
  '',
];

const METHODS = ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'CONNECT', 'post', 'P ST', ''];

const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  fc
    .record({ part: fc.double({ min: 0, max: 1, noNaN: true }), bit: fc.integer({ min: 0, max: 7 }) })
    .map(({ part, bit }): Spoil => (request) => {
      const spoiled = Buffer.from(request);
      const place = at(request, part);
      spoiled[place] = (spoiled[place] ?? 0) ^ (1 << bit);
      return spoiled;
    }),
  fc.double({ min: 0, max: 1, noNaN: true }).map(
    (part): Spoil =>
      (request) =>
        request.subarray(0, at(request, part)),
  ),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ maxLength: 40 })).map(
    ([part, bytes]): Spoil =>
      (request) =>
        Buffer.concat([request.subarray(0, at(request, part)), bytes, request.subarray(at(request, part))]),
  ),
  fc.tuple(fc.constantFrom(...HEADER_LINES), fc.nat({ max: 6 })).map(
    ([line, place]): Spoil =>
      (request) =>
        beforeLine(request, place, Buffer.from(line + CRLF, 'latin1')),
  ),
  fc.constantFrom(...TARGETS).map(
    (target): Spoil =>
      (request) =>
        replaced(request, '/v1/events/courier', target),
  ),
  fc.constantFrom(...METHODS).map(
    (method): Spoil =>
      (request) =>
        replaced(request, 'POST', method),
  ),
  fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/1.1 ', 'HTTX').map(
    (version): Spoil =>
      (request) =>
        replaced(request, 'HTTP/1.1', version),
  ),
);

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Bodies that a sender who has the secret may sign: refused or kept, never a fault of ours. */
const signedBody: fc.Arbitrary<Buffer> = fc.oneof(
  fc.constant('valid').map(() => Buffer.from(JSON.stringify(aCanonicalEvent()))),
  fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.nat({ max: 5000 }).map((depth) => Buffer.from(nested(depth))),
  fc
    .dictionary(
      fc.constantFrom(
        'schemaVersion',
        'eventId',
        'eventType',
        'occurredAt',
        'source',
        'idempotencyKey',
        'payload',
      ),
      fc.jsonValue({ maxDepth: 3 }),
    )
    .map((members) => Buffer.from(JSON.stringify({ ...aCanonicalEvent(), ...members }))),
  fc
    .constantFrom(
      '{"__proto__":{"a":1}}',
      '{"a":1,"a":2}',
      '1e999',
      '-0',
      '"\\ud800"',
      '\ufeff{}',
      '[]',
      'null',
    )
    .map((text) => Buffer.from(text)),
);

function requestOf(body: Buffer): Buffer {
  const headers = {
    host: '127.0.0.1',
    'content-type': 'application/json',
    ...standardWebhookHeaders({ secret: SIGNING_SECRET, body }),
    'content-length': String(body.length),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = ['POST /v1/events/courier HTTP/1.1', ...lines, '', ''].join(CRLF);
  return Buffer.concat([Buffer.from(head), body]);
}

/** A signed request, spoiled in no to four ways. */
export const malformedRequest: fc.Arbitrary<Buffer> = fc
  .tuple(signedBody, fc.array(spoil, { maxLength: 4 }))
  .map(([body, spoils]) => spoils.reduce((request, worse) => worse(request), requestOf(body)));
