import { type KeyObject } from 'node:crypto';

/**
 * All encodings of the eight points of small order on edwards25519, without the sign of x; the last two are
 * 0 and 1 with the prime added, which decoders take, too.
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);
const SIGN_OF_X = 0x80;

/** Whoever has no private key can make signatures that such an Ed25519 key takes, and OpenSSL does not refuse it. */
export function isOfSmallOrder(key: KeyObject): boolean {
  const { x = '' } = key.export({ format: 'jwk' });
  const bytes = Buffer.from(x, 'base64url');
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) & ~SIGN_OF_X;
  return SMALL_ORDER.has(bytes.toString('hex'));
}
