import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { isObject } from '../body/json-value';
import { type KeySpec } from '../document/signature-spec';
import { encodingFaultOf, isPrivateKey, keyBytesOf } from './key-material';

/** Which public keys a type takes. */
export interface KeyDemand {
  /** What must be given, as "an RSA public key". */
  readonly what: string;
  /** Raw bytes of a key without anything around them. */
  readonly raw?: (bytes: Buffer) => JsonWebKey | undefined;
  /** Why the key is not taken, without a word of it. */
  fault(key: KeyObject): string | undefined;
}

export const PRIVATE_KEY_FAULT = 'must be a public key, never a private key: have the sender make a new pair';

const MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;

/** The public members alone, so that no other can change what the key is. */
function publicMembers(value: unknown): JsonWebKey | undefined {
  if (!isObject(value) || value['use'] === 'enc') return undefined;
  const jwk: JsonWebKey = {};
  for (const name of MEMBERS) {
    const member = value[name];
    if (typeof member === 'string') jwk[name] = member;
  }
  return jwk;
}

function tried(make: () => KeyObject | undefined): KeyObject | undefined {
  try {
    return make();
  } catch {
    // OpenSSL's own words say nothing that the message about what was expected does not.
    return undefined;
  }
}

/** `undefined` where it is no JSON Web Key of a kind that can be public. */
export const keyOfJwk = (value: unknown): KeyObject | undefined =>
  tried(() => {
    const jwk = publicMembers(value);
    return jwk === undefined ? undefined : createPublicKey({ key: jwk, format: 'jwk' });
  });

const keyOfPem = (text: string): KeyObject | undefined =>
  text.includes('-----BEGIN ') ? tried(() => createPublicKey(text)) : undefined;

function keyOfBytes(bytes: Buffer | undefined, { raw }: KeyDemand): KeyObject | undefined {
  if (bytes === undefined) return undefined;
  const jwk = raw?.(bytes);
  if (jwk !== undefined) return keyOfJwk(jwk);
  return tried(() => createPublicKey({ key: bytes, format: 'der', type: 'spki' }));
}

const keyOfJwkText = (text: string): KeyObject | undefined =>
  tried(() => keyOfJwk(JSON.parse(text) as unknown));

/** Without an encoding, or as plain text, a key is in PEM. */
function anyKeyOf(value: string, spec: KeySpec, demand: KeyDemand): KeyObject | undefined {
  switch (spec.encoding) {
    case 'jwk':
      return keyOfJwkText(value);
    case 'hex':
    case 'base64':
    case 'base64url':
      return keyOfBytes(keyBytesOf(value, spec), demand);
    case 'utf8':
    case 'pem':
    case undefined:
      return keyOfPem(value);
  }
}

/** `undefined` where the text is no such key. */
export function publicKeyOf(value: string, spec: KeySpec, demand: KeyDemand): KeyObject | undefined {
  if (isPrivateKey(value)) return undefined;
  const key = anyKeyOf(value, spec, demand);
  return key === undefined || demand.fault(key) !== undefined ? undefined : key;
}

const FORMS: Readonly<Record<string, string>> = {
  jwk: 'as a JSON Web Key',
  pem: 'in PEM, with its lines -----BEGIN PUBLIC KEY----- and -----END PUBLIC KEY-----',
};

/** What is wrong with the text of a public key. */
export function publicKeyFaultOf(value: string, spec: KeySpec, demand: KeyDemand): string | undefined {
  if (value.trim() === '') return 'must not be blank';
  if (isPrivateKey(value)) return PRIVATE_KEY_FAULT;
  const { encoding = 'pem' } = spec;
  const form = encoding === 'utf8' ? 'pem' : encoding;
  const isBytes = form !== 'pem' && form !== 'jwk';
  const undecodable = isBytes ? encodingFaultOf(value, spec) : undefined;
  if (undecodable !== undefined) return undecodable;
  const key = anyKeyOf(value, spec, demand);
  if (key !== undefined) return demand.fault(key);
  return `must be ${demand.what} ${FORMS[form] ?? `in ${form}`}, for signature.key says so`;
}
