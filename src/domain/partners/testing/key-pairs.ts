import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Key pairs of tests, made when they are first needed: an RSA key takes a while. */
const made = new Map<string, KeyPair>();

function once(name: string, make: () => KeyPair): KeyPair {
  const known = made.get(name) ?? make();
  made.set(name, known);
  return known;
}

export const rsaPair = (bits = 2048): KeyPair =>
  once(`rsa ${bits}`, () => generateKeyPairSync('rsa', { modulusLength: bits }));

export const ecPair = (namedCurve = 'P-256'): KeyPair =>
  once(`ec ${namedCurve}`, () => generateKeyPairSync('ec', { namedCurve }));

export const ed25519Pair = (name = 'first'): KeyPair =>
  once(`ed25519 ${name}`, () => generateKeyPairSync('ed25519'));

export const pemOf = (key: KeyObject): string =>
  key.type === 'private'
    ? key.export({ type: 'pkcs8', format: 'pem' }).toString()
    : key.export({ type: 'spki', format: 'pem' }).toString();

export const jwkOf = (key: KeyObject): string => JSON.stringify(key.export({ format: 'jwk' }));
