import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { aDocument, aPartner, NOW } from '../testing/builders';
import { PresetLibrary } from '../preset-library';
import { signRequest } from './sign-request';
import { UnsignableError } from './unsignable-error';

const BODY = Buffer.from('{"awb":"A1","sent":"2026-09-01T12:00:00Z"}');
const SECRET = 'a-shared-secret-of-some-length';
const inPem = ({ publicKey, privateKey }: KeyPairKeyObjectResult) => ({
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});
const RSA = inPem(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const EC = inPem(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }));
const ED25519 = inPem(generateKeyPairSync('ed25519'));

interface Case {
  readonly signature: object;
  readonly secret?: string;
  readonly sign?: string;
}

const FROM = { header: 'x-signature' };
const STAMPED = { timestamp: { from: { header: 'x-timestamp' } }, signed: '{timestamp}.{body}' };
const CASES: Readonly<Record<string, Case>> = {
  'hmac over the body': { signature: { type: 'hmac', from: FROM } },
  'hmac with time and signature in one header': {
    signature: {
      type: 'hmac',
      from: { header: 'x-signature', split: ',', prefix: 'v1=' },
      signed: '{timestamp}.{body}',
      timestamp: { from: { header: 'x-signature', split: ',', prefix: 't=' } },
    },
  },
  'hmac over method, address, id and a value of the body': {
    signature: {
      type: 'hmac',
      from: FROM,
      encoding: 'base64url',
      id: { header: 'x-id' },
      signed: '{method}\n{url}\n{id}\n{body:/awb}',
    },
  },
  'hmac in a parameter': {
    signature: { type: 'hmac', from: { query: 'sig' }, signed: '{path}:{body}' },
  },
  'hmac with the time in the body': {
    signature: {
      type: 'hmac',
      from: FROM,
      signed: '{timestamp}.{body}',
      timestamp: { from: { body: '/sent' }, format: 'iso8601' },
    },
  },
  'hmac with a time pattern': {
    signature: {
      type: 'hmac',
      from: FROM,
      signed: '{timestamp}{body}',
      timestamp: { from: { header: 'date' }, format: "yyyy-MM-dd'T'HH:mm:ss.SX" },
    },
  },
  'hmac with a digest of the body': {
    signature: {
      type: 'hmac',
      from: FROM,
      signed: '{header:x-digest}.{path}',
      bodyDigest: { from: { header: 'x-digest' } },
    },
  },
  hash: { signature: { type: 'hash', from: FROM, signed: '{secret}{body}' } },
  token: { signature: { type: 'token', from: { header: 'authorization', prefix: 'Bearer ' } } },
  basic: { signature: { type: 'basic' }, secret: 'user:password' },
  rsa: { signature: { type: 'rsa', from: FROM, ...STAMPED }, secret: RSA.publicKey, sign: RSA.privateKey },
  'rsa with pss': {
    signature: { type: 'rsa', from: FROM, padding: 'pss', algorithm: 'sha512' },
    secret: RSA.publicKey,
    sign: RSA.privateKey,
  },
  ecdsa: {
    signature: { type: 'ecdsa', from: FROM, dsaEncoding: 'ieee-p1363' },
    secret: EC.publicKey,
    sign: EC.privateKey,
  },
  ed25519: {
    signature: { type: 'ed25519', from: FROM, ...STAMPED, encoding: 'hex' },
    secret: ED25519.publicKey,
    sign: ED25519.privateKey,
  },
  'jwt with a shared secret': {
    signature: { type: 'jwt', claims: { iss: 'acme' }, bodyDigest: { from: { claim: 'body' } } },
    secret: SECRET.repeat(2),
  },
  'jwt with a key pair': {
    signature: { type: 'jwt', algorithms: ['ES256'], key: { encoding: 'pem' } },
    secret: EC.publicKey,
    sign: EC.privateKey,
  },
};

const outgoing = {
  method: 'POST',
  url: new URL('https://gateway.example/v1/webhooks/acme?kind=a'),
  headers: { 'content-type': 'application/json' },
  body: BODY,
};

function sign(signature: object, secret: string, body = BODY) {
  const document = aDocument({ signature });
  const key = { secret, keyId: undefined };
  return signRequest({
    document,
    alternative: undefined,
    key,
    outgoing: { ...outgoing, body },
    id: 'm1',
    at: NOW,
  });
}

function verdictOf(over: Case, body?: Buffer) {
  const { signature, secret = SECRET, sign: signSecret = secret } = over;
  const signed = sign(signature, signSecret);
  const { method, url, headers } = signed;
  return aPartner({ signature }, [secret]).verify(
    {
      method,
      target: url.pathname + url.search,
      scheme: 'https',
      rawHeaders: Object.entries(headers).flat(),
      body: body ?? signed.body,
      contentType: 'application/json',
    },
    NOW,
  );
}

describe('signRequest', () => {
  it.each(Object.entries(CASES))('should sign so that the gateway believes it: %s', (_, over) => {
    expect(verdictOf(over)).toMatchObject({ valid: true });
  });

  it.each(
    Object.entries(CASES).filter(([name]) => !/^(token|basic|jwt with a key|hmac over method)/.test(name)),
  )('should sign the body and nothing else: %s', (_, over) => {
    expect(verdictOf(over, Buffer.from(BODY.toString().replace('A1', 'A2')))).toMatchObject({ valid: false });
  });

  it('should sign as every preset with a shared secret', () => {
    const library = PresetLibrary.load();
    for (const name of library.names()) {
      const signature = library.get(name)?.signature;
      const [first] = [signature].flat();
      if (first === undefined || !['hmac', 'hash', 'token'].includes(first.type)) continue;
      if (first.key?.encoding !== undefined || first.each !== undefined) continue;
      expect({ name, verdict: verdictOf({ signature: first }) }).toMatchObject({
        name,
        verdict: { valid: true },
      });
    }
  });

  it('should say what it lacks', () => {
    const refusalOf = (signature: object, secret = SECRET): string => {
      try {
        sign(signature, secret);
        return 'signed';
      } catch (error) {
        return error instanceof UnsignableError ? error.message : 'another error';
      }
    };
    expect(refusalOf({ type: 'rsa', from: FROM })).toMatch(/private key/);
    expect(refusalOf({ type: 'hmac', from: FROM, signed: '{header:x-more}{body}' })).toMatch(/lacks a part/);
    expect(refusalOf({ type: 'hmac', from: { item: '/sig' }, signed: '{item:/a}', each: '/list' })).toMatch(
      /item/,
    );
  });
});
