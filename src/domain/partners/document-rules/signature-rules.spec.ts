import { parsePartnerDocument } from '../parse-partner-document';
import { ecPair, ed25519Pair, jwkOf, pemOf, rsaPair } from '../testing/key-pairs';

const NO_PRESETS = { get: () => undefined, names: () => [] };
const FROM = { from: { header: 'x-signature' } };

function faultsOf(over: object): Readonly<Record<string, string>> {
  const parsed = parsePartnerDocument({ id: 'acme', ...over }, NO_PRESETS);
  return parsed.ok ? {} : Object.fromEntries(parsed.faults.map(({ path, message }) => [path, message]));
}

describe('signature types', () => {
  it.each<[string, object]>([
    [
      'hash',
      { ...FROM, signed: ['{body}{secret}', '{secret}{timestamp}'], timestamp: { from: { query: 't' } } },
    ],
    ['rsa', { ...FROM, algorithm: 'sha1', padding: 'pss', encoding: 'hex', signed: '{body}' }],
    ['rsa', { ...FROM, key: { jwks: 'https://partner.example/jwks?v=1', id: { header: 'x-key' } } }],
    ['ecdsa', { ...FROM, algorithm: 'sha512', dsaEncoding: 'ieee-p1363', key: { encoding: 'jwk' } }],
    ['ed25519', { ...FROM, key: { encoding: 'hex' }, each: '/a' }],
    ['basic', {}],
    ['basic', FROM],
    ['jwt', {}],
    [
      'jwt',
      { algorithms: ['RS256', 'ES256'], claims: { iss: 'x', live: true, n: 1 }, key: { encoding: 'pem' } },
    ],
    [
      'jwt',
      {
        id: { claim: 'jti' },
        timestamp: { from: { claim: 'iat' } },
        bodyDigest: { from: { claim: ['a', 'b'] } },
      },
    ],
    [
      'hmac',
      { ...FROM, signed: '{header:digest}', bodyDigest: { from: { header: 'Digest' }, algorithm: 'sha512' } },
    ],
    [
      'hmac',
      { ...FROM, signed: ['{url}', '{query:d}'], bodyDigest: { from: { query: 'd' }, encoding: 'base64' } },
    ],
  ])('may be %s with %j', (type, more) => {
    expect(faultsOf({ signature: { type, ...more } })).toEqual({});
  });

  it.each<[string, object, string, RegExp]>([
    ['hash', FROM, '/signature/signed', /is required for type hash, and must hold \{secret\}/],
    ['hash', { ...FROM, signed: '{body}' }, '/signature/signed', /must hold \{secret\}/],
    [
      'hash',
      { ...FROM, signed: ['{body}{secret}', '{secret}'] },
      '/signature/signed/1',
      /at least one token of the request/,
    ],
    ['rsa', { ...FROM, signed: '{body}{secret}' }, '/signature/signed', /must not hold \{secret\}/],
    ['rsa', { ...FROM, algorithm: 'md5' }, '/signature/algorithm', /one of sha256, sha1, sha384, sha512/],
    ['rsa', { ...FROM, padding: 'oaep' }, '/signature/padding', /one of pkcs1, pss/],
    ['rsa', {}, '/signature/from', /is required/],
    ['ecdsa', { ...FROM, dsaEncoding: 'raw' }, '/signature/dsaEncoding', /one of der, ieee-p1363/],
    ['ecdsa', { ...FROM, padding: 'pss' }, '/signature/padding', /not known here/],
    ['ed25519', { ...FROM, algorithm: 'sha256' }, '/signature/algorithm', /not known here/],
    ['token', { ...FROM, bodyDigest: { from: { header: 'd' } } }, '/signature/bodyDigest', /not known here/],
    ['jwt', { algorithms: ['none'] }, '/signature/algorithms/0', /one of HS256, HS384/],
    ['jwt', { algorithms: [] }, '/signature/algorithms', /must not be empty/],
    [
      'jwt',
      { algorithms: ['HS256', 'RS256'] },
      '/signature/algorithms',
      /public key must never serve as a shared secret/,
    ],
    ['jwt', { claims: { iss: ['a'] } }, '/signature/claims/iss', /text or a number or true or false/],
    ['jwt', { signed: '{body}' }, '/signature/signed', /not known here/],
    ['jwt', { bodyDigest: { from: { header: 'd' } } }, '/signature/bodyDigest/from', /must be a claim/],
    ['jwt', { key: { jwks: 'https://a.example/' } }, '/signature/key/jwks', /is for public keys/],
    ['jwt', { key: { encoding: 'pem' } }, '/signature/key/encoding', /must never serve as one/],
    [
      'hmac',
      { ...FROM, key: { encoding: 'jwk' } },
      '/signature/key/encoding',
      /one of utf8, hex, base64, base64url/,
    ],
    ['hmac', { ...FROM, id: { claim: 'jti' } }, '/signature/id/claim', /is for type jwt/],
    [
      'rsa',
      { ...FROM, key: { id: { claim: 'a', header: 'b' } } },
      '/signature/key/id/claim',
      /is for type jwt/,
    ],
    [
      'hmac',
      { ...FROM, bodyDigest: { from: { header: 'Digest' } } },
      '/signature/bodyDigest/from/header',
      /must hold \{header:digest\}/,
    ],
    [
      'hmac',
      { ...FROM, signed: ['{header:d}', '{body}'], bodyDigest: { from: { header: 'd' } } },
      '/signature/bodyDigest/from/header',
      /every text of "signed"/,
    ],
    [
      'hmac',
      { ...FROM, signed: '{path}', bodyDigest: { from: { query: 'd' } } },
      '/signature/bodyDigest/from/query',
      /\{url\}, \{target\} or \{query\}/,
    ],
    [
      'hmac',
      { ...FROM, bodyDigest: { from: { body: '/d' } } },
      '/signature/bodyDigest/from',
      /cannot hold its own digest/,
    ],
    [
      'hmac',
      { ...FROM, signed: '{url}', bodyDigest: { from: { query: 'd' }, algorithm: 'md5' } },
      '/signature/bodyDigest/algorithm',
      /one of sha256/,
    ],
    [
      'rsa',
      { ...FROM, key: { jwks: 'http://partner.example/jwks' } },
      '/signature/key/jwks',
      /must be an https URL/,
    ],
    [
      'rsa',
      { ...FROM, key: { jwks: 'https://a:b@partner.example/' } },
      '/signature/key/jwks',
      /without user/,
    ],
    [
      'rsa',
      { ...FROM, key: { jwks: 'https://a.example/', encoding: 'pem' } },
      '/signature/key/encoding',
      /must be jwk/,
    ],
    [
      'rsa',
      { ...FROM, key: { otherwise: 'pem', strip: 'a' } },
      '/signature/key/otherwise',
      /one of utf8, hex/,
    ],
    ['none', {}, '/allowIps', /is required where a signature alternative has type none/],
  ])('must not be %s with %j', (type, more, path, message) => {
    const faults = faultsOf({ signature: { type, ...more } });
    expect(Object.keys(faults)).toEqual([path]);
    expect(faults[path]).toMatch(message);
  });

  it('should have nothing to read where there is no signature', () => {
    const allowIps = ['203.0.113.7'];
    expect(faultsOf({ signature: { type: 'none' }, allowIps })).toEqual({});
    const more = { ...FROM, id: { header: 'a' }, timestamp: { from: { header: 'a' } }, each: '/a', key: {} };
    expect(Object.keys(faultsOf({ signature: { type: 'none', ...more }, allowIps })).sort()).toEqual(
      Object.keys(more)
        .map((key) => `/signature/${key}`)
        .sort(),
    );
  });
});

describe('keys', () => {
  const rsa = pemOf(rsaPair().publicKey);
  const ec = pemOf(ecPair().publicKey);
  const ed = pemOf(ed25519Pair().publicKey);

  it.each<[string, object, string, string, RegExp]>([
    ['rsa', {}, 'private', pemOf(rsaPair().privateKey), /never a private key/],
    ['rsa', { encoding: 'jwk' }, 'private', jwkOf(rsaPair().privateKey), /never a private key/],
    ['ed25519', { encoding: 'jwk' }, 'private', jwkOf(ed25519Pair().privateKey), /never a private key/],
    ['rsa', {}, 'of another type', ec, /must be an RSA public key/],
    ['rsa', {}, 'too short', pemOf(rsaPair(1024).publicKey), /2048 bits or more, and has 1024/],
    ['rsa', {}, 'no key', 'some text', /an RSA public key in PEM/],
    ['rsa', { encoding: 'jwk' }, 'no key', '{"kty":"RSA"}', /an RSA public key as a JSON Web Key/],
    ['rsa', { encoding: 'jwk' }, 'shared', '{"kty":"oct","k":"c2VjcmV0"}', /never a private key/],
    ['rsa', { encoding: 'base64' }, 'no base64', 'a b', /must be base64, for signature.key says so/],
    ['ecdsa', {}, 'of another type', rsa, /must be an EC public key/],
    ['ecdsa', {}, 'on another curve', pemOf(ecPair('secp224r1').publicKey), /P-256, P-384, P-521, secp256k1/],
    ['ed25519', {}, 'of another type', ec, /must be an Ed25519 public key/],
    [
      'ed25519',
      { encoding: 'hex' },
      'too short',
      'ab'.repeat(31),
      /an Ed25519 public key of 32 bytes in hex/,
    ],
    ['ed25519', { encoding: 'hex' }, 'all zero', '00'.repeat(32), /small order/],
    ['ed25519', { encoding: 'hex' }, 'the neutral point', `01${'00'.repeat(31)}`, /small order/],
    ['ed25519', { encoding: 'hex' }, 'zero with a sign', `${'00'.repeat(31)}80`, /small order/],
    ['ed25519', { encoding: 'hex' }, 'zero past the prime', `ed${'ff'.repeat(31)}`, /small order/],
    [
      'ed25519',
      { encoding: 'hex' },
      'of order eight',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      /small order/,
    ],
    ['ed25519', { encoding: 'hex' }, 'no hex', 'xy'.repeat(32), /hexadecimal digits/],
    ['hmac', {}, 'a public key', ed, /must be a shared secret: a public key is known to everybody/],
    ['token', {}, 'a public key', jwkOf(ed25519Pair().publicKey), /must be a shared secret/],
  ])('of type %s with %j must not be %s', (type, key, _, value, message) => {
    const faults = faultsOf({ signature: { type, ...FROM, key }, secrets: [{ value }] });
    expect(Object.keys(faults)).toEqual(['/secrets/0/value']);
    expect(faults['/secrets/0/value']).toMatch(message);
    expect(JSON.stringify(faults)).not.toContain(value.slice(10, 40) || value);
  });

  it('should be user:password for basic', () => {
    const basic = { signature: { type: 'basic' } };
    expect(faultsOf({ ...basic, secrets: [{ value: 'user:' }] })).toEqual({});
    expect(faultsOf({ ...basic, secrets: [{ value: 'word' }] })['/secrets/0/value']).toMatch(/user:password/);
  });

  it('should name their alternative where shared secrets and key pairs meet', () => {
    const signature = [
      { name: 'pair', type: 'ed25519', ...FROM },
      { name: 'shared', type: 'hmac', ...FROM },
      { name: 'open', type: 'none' },
    ];
    const over = { signature, allowIps: ['203.0.113.7'] };
    const named = [
      { value: ed, use: 'pair' },
      { value: 'secret', use: 'shared' },
    ];
    expect(faultsOf({ ...over, secrets: named })).toEqual({});
    expect(faultsOf({ ...over, secrets: [{ value: ed }, ...named] })).toEqual({
      '/secrets/0/use': expect.stringMatching(/is required, one of pair, shared/) as string,
    });
    expect(faultsOf({ ...over, secrets: [...named, { value: 'x', use: 'open' }] })).toHaveProperty([
      '/secrets/2/use',
    ]);
  });

  it('should not be given where the sender publishes them', () => {
    const signature = { type: 'rsa', ...FROM, key: { jwks: 'https://partner.example/jwks' } };
    expect(faultsOf({ signature, secrets: [] })).toEqual({});
    expect(faultsOf({ signature, secrets: [{ value: rsa }] })['/secrets/0/use']).toMatch(
      /leave the secret out/,
    );
  });
});
