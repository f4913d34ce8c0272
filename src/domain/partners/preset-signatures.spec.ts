import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isList, isObject, type JsonObject } from './body/json-value';
import { PresetLibrary } from './preset-library';
import { aPartner, aRequest, NOW, type RequestParts } from './testing/builders';

const library = PresetLibrary.load();
const VECTORS = join(__dirname, '../../../test/fixtures/vectors.json');
const BODY = '{"a":1}';
const NOW_SECONDS = String(NOW.getTime() / 1000);

function verdict(preset: string, secret: string, request: RequestParts, over: object = {}, at = NOW) {
  const partner = aPartner({ signature: {}, preset, ...over }, [secret], library);
  return partner.verify(aRequest({ body: BODY, ...request }), at);
}

/** Which preset takes the requests of a published scheme. */
const PRESET_OF: Readonly<Record<string, string>> = {
  'easypost-hmac-sha256-hex': 'easypost',
  sendcloud: 'sendcloud',
  'trackingmore-v4': 'trackingmore',
  'uber-hmac-sha256-hex': 'uber-direct',
  'shopify-hmac-sha256-base64': 'shopify-fulfillment',
  'github-sha256': 'generic-hmac',
  'standard-webhooks-v1': 'standard',
};

function vectors(): readonly JsonObject[] {
  const all: unknown = JSON.parse(readFileSync(VECTORS, 'utf8'));
  return isList(all) ? all.filter(isObject).filter(({ scheme }) => String(scheme) in PRESET_OF) : [];
}

const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([name, text]) => [name, String(text)]),
  );

describe('published signatures', () => {
  // Svix signs like Standard Webhooks under names of its own, which a partner of the preset would give.
  const own = vectors().filter(({ headers }) => !Object.keys(textsOf(headers)).includes('svix-signature'));

  it.each(own.map((vector) => [String(vector['name']), vector] as const))(
    'should get from their preset what is known of them: %s',
    (_, { scheme, secret, headers, body, verify_at: known, valid }) => {
      const texts = textsOf(headers);
      const at = new Date(Number(known ?? texts['timestamp'] ?? 0) * 1000);
      const preset = PRESET_OF[String(scheme)] ?? '';
      const over = preset === 'standard' ? { signature: { timestamp: { toleranceSeconds: 300 } } } : {};
      const found = verdict(preset, String(secret), { headers: texts, body: String(body) }, over, at);
      expect(found.valid).toBe(valid);
    },
  );

  it('should be there for every such preset', () => {
    expect(new Set(own.map(({ scheme }) => PRESET_OF[String(scheme)]))).toEqual(
      new Set(Object.values(PRESET_OF)),
    );
  });
});

describe('signatures by description', () => {
  const hmac = (encoding: 'hex' | 'base64', text = BODY): string =>
    createHmac('sha256', 'a-secret').update(text).digest(encoding);
  const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['aftership', { 'aftership-hmac-sha256': hmac('base64') }],
    ['fedex-track', { 'fdx-signature': hmac('base64') }],
    ['shippo', { 'shippo-auth-signature': `t=${NOW_SECONDS},v1=${hmac('hex', `${NOW_SECONDS}.${BODY}`)}` }],
    ['17track', { sign: createHash('sha256').update(`${BODY}/a-secret`).digest('hex') }],
    [
      'legacy-v1',
      { 'x-signature': hmac('hex'), 'x-signature-timestamp': NOW_SECONDS, 'x-signature-algorithm': 'sha256' },
    ],
    ['delhivery', { 'x-delhivery-token': 'a-secret' }],
    ['dhl-unified', { 'x-dhl-token': 'a-secret' }],
    ['ups-track-alert', { credential: 'a-secret' }],
    ['ship24', { authorization: 'Bearer a-secret' }],
    ['shiprocket', { 'x-api-key': 'a-secret' }],
  ];

  it.each(cases)('should be taken by %s, and no other secret', (preset, headers) => {
    expect(verdict(preset, 'a-secret', { headers }).valid).toBe(true);
    expect(verdict(preset, 'another-secret', { headers }).valid).toBe(false);
  });

  it('should be taken by doordash-drive as user and password', () => {
    const headers = { authorization: `Basic ${Buffer.from('user:pass').toString('base64')}` };
    expect(verdict('doordash-drive', 'user:pass', { headers }).valid).toBe(true);
    expect(verdict('doordash-drive', 'user:other', { headers }).valid).toBe(false);
  });

  it('should be taken by shipengine, here with a key of our own', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const timestamp = NOW.toISOString();
    const headers = {
      'x-shipengine-rsa-sha256-signature': sign(
        'sha256',
        Buffer.from(`${timestamp}.${BODY}`),
        privateKey,
      ).toString('base64'),
      'x-shipengine-timestamp': timestamp,
    };
    const over = { signature: { key: { encoding: 'pem', jwks: null, id: null } } };
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(verdict('shipengine', pem, { headers }, over).valid).toBe(true);
    expect(verdict('shipengine', pem, { headers, body: '{"a":2}' }, over).valid).toBe(false);
  });

  it('should be described by every preset that is not checked with a published one', () => {
    const described = [...cases.map(([preset]) => preset), 'doordash-drive', 'shipengine'];
    expect([...new Set([...described, ...Object.values(PRESET_OF)])].sort()).toEqual(library.names());
  });
});
