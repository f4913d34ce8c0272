import { createHmac, randomBytes } from 'node:crypto';
import { type Verdict } from './compiled-partner';
import { defaultPartnerDocument } from './default-partner-document';
import { PresetLibrary } from './preset-library';
import { compilePartner } from './compile-partner';
import { aDocument, aPartner, aRequest, NOW } from './testing/builders';

describe('compilePartner', () => {
  it('should fill in what the document leaves open', () => {
    expect(aPartner({}, [])).toMatchObject({
      id: 'acme',
      name: 'acme',
      enabled: true,
      revision: 1,
      limits: { perSecond: null, burst: null, bodyBytes: 262_144 },
      queue: { concurrency: 10, timeoutMs: 30_000, attempts: 5 },
      ack: { status: 202 },
      handshake: null,
      replay: {
        policy: 'acknowledge',
        windowSeconds: 86_400,
        needsNonce: { partner: false, canonical: false },
      },
    });
  });

  it('should take what the document says', () => {
    const over = {
      name: 'Acme',
      enabled: false,
      limits: { perSecond: 5, bodyBytes: 600 },
      queue: { concurrency: 2 },
      ack: { status: 200, body: 'OK', contentType: 'text/plain' },
      handshake: { method: 'GET', echo: 'challenge' },
      replay: { policy: 'reject', windowSeconds: 300 },
    };
    expect(aPartner(over, [])).toMatchObject({
      name: 'Acme',
      enabled: false,
      limits: { perSecond: 5, burst: null, bodyBytes: 600 },
      queue: { concurrency: 2, timeoutMs: 30_000, attempts: 5 },
      ack: over.ack,
      handshake: { echo: 'challenge', status: 200 },
      replay: over.replay,
    });
  });

  it('should take the queue of the deployment where the document has none', () => {
    const options = { defaultToleranceSeconds: 60, defaultBodyBytes: 1, revision: 2, secrets: [] };
    const defaultQueue = { concurrency: 3, timeoutMs: 1000, attempts: 2 };
    const partner = compilePartner(aDocument({ queue: { attempts: 7 } }), { ...options, defaultQueue });
    expect(partner.queue).toEqual({ concurrency: 3, timeoutMs: 1000, attempts: 7 });
  });

  it('should remember requests as long as they stay acceptable', () => {
    const timed = {
      type: 'hmac',
      from: { header: 's' },
      signed: '{timestamp}.{body}',
      timestamp: { from: { header: 't' } },
    };
    const windowOf = (signature: object): number => aPartner({ signature }, []).replay.windowSeconds;
    expect(windowOf(timed)).toBe(120);
    expect(windowOf({ ...timed, timestamp: { ...timed.timestamp, toleranceSeconds: 300 } })).toBe(600);
    expect(windowOf({ ...timed, signed: '{body}' })).toBe(86_400);
    expect(windowOf({ ...timed, signed: ['{timestamp}.{body}', '{body}'] })).toBe(86_400);
    expect(windowOf([timed, { type: 'token', from: { query: 't' } }])).toBe(86_400);
  });

  it.each([
    [
      'auto',
      [
        'application/json',
        'Application/JSON; charset=utf-8',
        'application/vnd.x+json',
        'application/x-www-form-urlencoded',
      ],
    ],
    ['json', ['application/json', 'text/json']],
    ['form', ['application/x-www-form-urlencoded; charset=utf-8']],
    ['text', ['text/plain', 'text/csv;x=y']],
  ])('should know which media types hold %s', (format, accepted) => {
    const types = [
      ...accepted,
      'text/html',
      'application/jsonp',
      'multipart/form-data',
      '',
      'application/xml',
    ];
    const partner = aPartner({ body: { format } }, []);
    const expected = format === 'text' ? [...accepted, 'text/html'] : accepted;
    expect(types.filter((type) => partner.acceptsContentType(type))).toEqual(expected);
  });

  it('should take further media types that a sender writes', () => {
    const partner = aPartner({ body: { format: 'json', contentTypes: ['text/plain'] } }, []);
    expect(partner.acceptsContentType('text/plain; charset=UTF-8')).toBe(true);
    expect(partner.acceptsContentType('text/html')).toBe(false);
  });

  it('should allow the addresses of its list', () => {
    expect(aPartner({ allowIps: ['127.0.0.0/8'] }, []).allowsAddress('::ffff:127.0.0.1')).toBe(true);
    expect(aPartner({ allowIps: ['203.0.113.0/24'] }, []).allowsAddress('127.0.0.1')).toBe(false);
  });
});

describe('the default partner', () => {
  const library = PresetLibrary.load();
  const seconds = String(NOW.getTime() / 1000);
  const body = '{"eventId":"e-1"}';
  const standardBy = (key: Buffer | string) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${createHmac('sha256', key).update(`msg_1.${seconds}.${body}`).digest('base64')}`,
  });
  const olderBy = (key: string, time = seconds) => ({
    'x-signature': createHmac('sha256', key).update(body).digest('hex'),
    'x-signature-timestamp': time,
    'x-signature-algorithm': 'sha256',
  });
  const verify = (secret: string, headers: Record<string, string>): Verdict =>
    aPartner(defaultPartnerDocument(), [secret], library).verify(aRequest({ headers, body }), NOW);
  const bytes = randomBytes(32);
  const encoded = `whsec_${bytes.toString('base64')}`;
  const text = 'a plain text of forty-four characters, UTF-8';

  it('should take a whsec_ secret as base64 and any other text as it is', () => {
    expect(verify(encoded, standardBy(bytes))).toMatchObject({
      valid: true,
      alternative: 'standard',
      covers: 'body',
    });
    expect(verify(text, standardBy(text))).toMatchObject({ valid: true, alternative: 'standard' });
    expect(verify(encoded, standardBy(encoded)).valid).toBe(false);
  });

  it('should take the older headers, keyed by the text of the secret', () => {
    expect(verify(text, olderBy(text))).toMatchObject({ valid: true, alternative: 'older-headers' });
    expect(verify(encoded, olderBy(encoded))).toMatchObject({ valid: true, alternative: 'older-headers' });
    expect(verify(text, olderBy('another'))).toMatchObject({ reason: 'mismatch' });
  });

  it('should hold the older time against the clock although it is not signed', () => {
    expect(verify(text, olderBy(text, '1'))).toMatchObject({ code: 'STALE_TIMESTAMP' });
    const { 'x-signature-timestamp': _, ...untimed } = olderBy(text);
    expect(verify(text, untimed)).toMatchObject({ reason: 'missing_timestamp' });
  });

  it('should have the rules of the canonical event', () => {
    const partner = aPartner(defaultPartnerDocument(), [], library);
    expect(partner.replay.windowSeconds).toBe(86_400);
    expect(partner.acceptsContentType('application/x-www-form-urlencoded')).toBe(false);
    const kept = {
      contentType: 'application/json',
      body: Buffer.from('{"idempotencyKey":"key-1"}'),
      headers: {},
      query: {},
    };
    expect(partner.rules.dedupeKey(kept, partner.rules.parse(kept.body, kept.contentType))).toBe('key-1');
  });
});
