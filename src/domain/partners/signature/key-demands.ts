import { type KeyObject } from 'node:crypto';
import { type KeyDemand } from './public-key';
import { isOfSmallOrder } from './small-order';

const LEAST_RSA_BITS = 2048;
const CURVES: ReadonlySet<string | undefined> = new Set([
  'prime256v1',
  'secp384r1',
  'secp521r1',
  'secp256k1',
]);
const ED25519_BYTES = 32;

function rsaFault(types: readonly string[], what: string): KeyDemand['fault'] {
  return ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject) => {
    if (!types.includes(asymmetricKeyType ?? '')) return `must be ${what}, for signature.type says so`;
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= LEAST_RSA_BITS
      ? undefined
      : `must have ${LEAST_RSA_BITS} bits or more, and has ${bits}: ask the sender for a longer key`;
  };
}

const RSA = 'an RSA public key';

export const RSA_KEY: KeyDemand = { what: RSA, fault: rsaFault(['rsa'], RSA) };

/** A key may say itself that it is for PSS only. */
export const RSA_PSS_KEY: KeyDemand = { what: RSA, fault: rsaFault(['rsa', 'rsa-pss'], RSA) };

export const EC_KEY: KeyDemand = {
  what: 'an EC public key',
  fault: ({ asymmetricKeyType, asymmetricKeyDetails }) => {
    if (asymmetricKeyType !== 'ec') return 'must be an EC public key, for signature.type says so';
    return CURVES.has(asymmetricKeyDetails?.namedCurve)
      ? undefined
      : 'must be on one of the curves P-256, P-384, P-521, secp256k1';
  },
};

export const ED25519_KEY: KeyDemand = {
  what: 'an Ed25519 public key of 32 bytes',
  raw: (bytes) =>
    bytes.length === ED25519_BYTES
      ? { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }
      : undefined,
  fault: (key) => {
    if (key.asymmetricKeyType !== 'ed25519')
      return 'must be an Ed25519 public key, for signature.type says so';
    return isOfSmallOrder(key)
      ? 'must not be a key of small order, which takes the same signature for many texts: ask the sender for their real key'
      : undefined;
  },
};
