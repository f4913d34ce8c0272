import {
  constants,
  createHash,
  createHmac,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';
import { sign as signToken } from 'jsonwebtoken';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { aPartner, NOW } from '#domain/partners/testing/builders';

/** What a sender has to say. */
export interface Message {
  readonly id: string;
  /** When it was signed, as the sender writes it. */
  readonly time: string;
  readonly body: Buffer;
}

export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type Spelling = 'hex' | 'base64' | 'base64url' | 'text';

/** One type of signature, with a partner that checks it and a sender that makes it. */
export interface Scheme {
  readonly name: string;
  readonly partner: CompiledPartner;
  /** Headers that must be as they were sent, that with the signature first. */
  readonly covered: readonly [string, ...string[]];
  readonly coversBody: boolean;
  /** How the signature is written. */
  readonly spelling: Spelling;
  sign(message: Message): SignedRequest;
}

export const SECONDS = NOW.getTime() / 1000;
const SECRET = 'the secret of both of us';
const SIGNED = '{id}.{timestamp}.{body}';

const signedBytes = ({ id, time, body }: Message): Buffer =>
  Buffer.concat([Buffer.from(`${id}.${time}.`), body]);

const TIMED = {
  from: { header: 'x-signature' },
  signed: SIGNED,
  id: { header: 'x-id' },
  timestamp: { from: { header: 'x-time' }, toleranceSeconds: 60 },
};

type Spelled = Exclude<Spelling, 'text'>;

/** A signature of its own header over id, time and body. */
function detached(
  name: string,
  spec: { readonly type: string; readonly encoding: Spelled } & Readonly<Record<string, unknown>>,
  secret: string,
  signature: (bytes: Buffer) => Buffer,
): Scheme {
  return {
    name,
    partner: aPartner({ signature: { ...TIMED, ...spec } }, [secret]),
    covered: ['x-signature', 'x-id', 'x-time'],
    coversBody: true,
    spelling: spec.encoding,
    sign: (message) => ({
      headers: {
        'x-signature': signature(signedBytes(message)).toString(spec.encoding),
        'x-id': message.id,
        'x-time': message.time,
      },
      body: message.body,
    }),
  };
}

const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

const hmac = detached('hmac', { type: 'hmac', encoding: 'hex' }, SECRET, (bytes) =>
  createHmac('sha256', SECRET).update(bytes).digest(),
);

const hmacBase64 = detached('hmac in base64url', { type: 'hmac', encoding: 'base64url' }, SECRET, (bytes) =>
  createHmac('sha256', SECRET).update(bytes).digest(),
);

const hash = detached(
  'hash',
  { type: 'hash', encoding: 'base64', signed: `${SIGNED}/{secret}` },
  SECRET,
  (bytes) => createHash('sha256').update(bytes).update(`/${SECRET}`).digest(),
);

function keyPairSchemes(): readonly Scheme[] {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed = generateKeyPairSync('ed25519');
  const pss = { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };
  const p1363 = { key: ec.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return [
    detached('rsa', { type: 'rsa', encoding: 'base64' }, pem(rsa.publicKey), (bytes) =>
      signBytes('sha256', bytes, rsa.privateKey),
    ),
    detached('rsa pss', { type: 'rsa', padding: 'pss', encoding: 'hex' }, pem(rsa.publicKey), (bytes) =>
      signBytes('sha256', bytes, pss),
    ),
    detached('ecdsa', { type: 'ecdsa', encoding: 'base64' }, pem(ec.publicKey), (bytes) =>
      signBytes('sha256', bytes, ec.privateKey),
    ),
    detached(
      'ecdsa ieee-p1363',
      { type: 'ecdsa', dsaEncoding: 'ieee-p1363', encoding: 'base64url' },
      pem(ec.publicKey),
      (bytes) => signBytes('sha256', bytes, p1363),
    ),
    detached('ed25519', { type: 'ed25519', encoding: 'hex' }, pem(ed.publicKey), (bytes) =>
      signBytes(null, bytes, ed.privateKey),
    ),
    tokenScheme('jwt', 'HS256', SECRET, createSecretKey(Buffer.from(SECRET))),
    tokenScheme('jwt with a key pair', 'ES256', pem(ec.publicKey), ec.privateKey),
  ];
}

function tokenScheme(name: string, algorithm: 'HS256' | 'ES256', secret: string, key: KeyObject): Scheme {
  const signature = {
    type: 'jwt',
    algorithms: [algorithm],
    claims: { iss: 'courier' },
    id: { claim: 'jti' },
    timestamp: { from: { claim: 'iat' }, toleranceSeconds: 60 },
    bodyDigest: { from: { claim: 'digest' } },
  };
  return {
    name,
    partner: aPartner({ signature }, [secret]),
    covered: ['authorization'],
    coversBody: true,
    spelling: 'text',
    sign: ({ id, time, body }) => {
      const digest = createHash('sha256').update(body).digest('hex');
      const claims = { iss: 'courier', jti: id, iat: Number(time), digest };
      return { headers: { authorization: `Bearer ${signToken(claims, key, { algorithm })}` }, body };
    },
  };
}

const TOKEN = 'tok_9f8e7d6c5b4a';
const token: Scheme = {
  name: 'token',
  partner: aPartner({ signature: { type: 'token', from: { header: 'x-token' } } }, [TOKEN]),
  covered: ['x-token'],
  coversBody: false,
  spelling: 'text',
  sign: ({ body }) => ({ headers: { 'x-token': TOKEN }, body }),
};

const PAIR = 'courier:pä5s:word';
const basic: Scheme = {
  name: 'basic',
  partner: aPartner({ signature: { type: 'basic' } }, [PAIR]),
  covered: ['authorization'],
  coversBody: false,
  spelling: 'base64',
  sign: ({ body }) => ({
    headers: { authorization: `Basic ${Buffer.from(PAIR).toString('base64')}` },
    body,
  }),
};

export const schemes = (): readonly Scheme[] => [hmac, hmacBase64, hash, ...keyPairSchemes(), token, basic];
