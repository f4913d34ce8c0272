import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  type KeyObject,
  sign as signBytes,
  type SignKeyObjectInput,
} from 'node:crypto';
import { sign as signToken } from 'jsonwebtoken';
import { isObject, listOf } from '../body/json-value';
import { type AlternativeSpec, type JwtAlgorithm } from '../document/signature-spec';
import { keyBytesOf } from '../signature/key-material';
import { type Scope } from '../signature/scope';
import { SignedString, type Sink } from '../signature/signed-string';
import { UnsignableError } from './unsignable-error';

export interface SigningKey {
  /** The shared secret, or for public-key types the private key: PEM or a JSON Web Key. */
  readonly secret: string;
  readonly keyId: string | undefined;
}

export interface SignatureInput {
  readonly alternative: AlternativeSpec;
  readonly key: SigningKey;
  readonly scope: Scope;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

type Make = (input: SignatureInput) => string | undefined;

class Pieces implements Sink {
  private readonly pieces: Buffer[] = [];

  update(piece: string | Buffer): void {
    this.pieces.push(Buffer.from(piece));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }
}

/** Of several signed strings a sender uses one: the first that this request has. */
function feed({ alternative, scope }: SignatureInput, sink: Sink, secret?: Buffer): void {
  const { signed = '{body}' } = alternative;
  for (const text of listOf(signed)) {
    const trial = new Pieces();
    if (new SignedString(text).feed(scope, trial, secret) === true) {
      sink.update(trial.bytes);
      return;
    }
  }
  throw new UnsignableError(
    'the request lacks a part of every signed string: a header, a parameter or a body value',
  );
}

function sharedKey({ alternative, key }: SignatureInput): Buffer {
  const bytes = keyBytesOf(key.secret, alternative.key ?? {});
  if (bytes === undefined)
    throw new UnsignableError('the secret cannot be read in the encoding of the document');
  return bytes;
}

function ofJwk(text: string): KeyObject {
  const parsed: unknown = JSON.parse(text);
  const members = isObject(parsed) ? Object.entries(parsed) : [];
  const texts = members.filter((member): member is [string, string] => typeof member[1] === 'string');
  return createPrivateKey({ key: Object.fromEntries(texts), format: 'jwk' });
}

function privateKey({ key }: SignatureInput): KeyObject {
  try {
    return key.secret.trimStart().startsWith('{') ? ofJwk(key.secret) : createPrivateKey(key.secret);
  } catch {
    throw new UnsignableError('this type is signed with a private key: give one as PEM or as a JSON Web Key');
  }
}

function publicKeySignature(input: SignatureInput, algorithm: string | null): string {
  const { encoding = 'base64', padding, dsaEncoding = 'der' } = input.alternative;
  const pieces = new Pieces();
  feed(input, pieces);
  const key: SignKeyObjectInput = { key: privateKey(input), dsaEncoding };
  if (padding === 'pss') {
    key.padding = constants.RSA_PKCS1_PSS_PADDING;
    key.saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  }
  return signBytes(algorithm, pieces.bytes, key).toString(encoding);
}

const withDigest: Make = (input) => publicKeySignature(input, input.alternative.algorithm ?? 'sha256');

function tokenOf(input: SignatureInput): string {
  const { alternative, key, claims, at } = input;
  const [algorithm]: readonly JwtAlgorithm[] = alternative.algorithms ?? ['HS256'];
  if (algorithm === undefined) throw new UnsignableError('the document names no algorithm for the token');
  const secret = algorithm.startsWith('HS') ? sharedKey(input) : privateKey(input);
  const seconds = Math.floor(at.getTime() / 1000);
  return signToken({ iat: seconds, exp: seconds + 300, ...alternative.claims, ...claims }, secret, {
    algorithm,
    ...(key.keyId === undefined ? {} : { keyid: key.keyId }),
  });
}

/** By type; `undefined` where nothing is sent. The other half of `signature/signature-types.ts`. */
export const SIGNATURES: ReadonlyMap<string, Make> = new Map<string, Make>([
  [
    'hmac',
    (input) => {
      const { algorithm = 'sha256', encoding = 'hex' } = input.alternative;
      const hmac = createHmac(algorithm, sharedKey(input));
      feed(input, hmac);
      return hmac.digest(encoding);
    },
  ],
  [
    'hash',
    (input) => {
      const { algorithm = 'sha256', encoding = 'hex' } = input.alternative;
      const digest = createHash(algorithm);
      feed(input, digest, sharedKey(input));
      return digest.digest(encoding);
    },
  ],
  ['token', (input) => sharedKey(input).toString('utf8')],
  ['basic', (input) => sharedKey(input).toString('base64')],
  ['rsa', withDigest],
  ['ecdsa', withDigest],
  ['ed25519', (input) => publicKeySignature(input, null)],
  ['jwt', tokenOf],
  ['none', () => undefined],
]);
