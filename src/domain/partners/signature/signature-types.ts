import { basic } from './basic';
import { ecdsa } from './ecdsa';
import { ed25519 } from './ed25519';
import { hash } from './hash';
import { hmac } from './hmac';
import { jwt } from './jwt';
import { none } from './none';
import { rsa } from './rsa';
import { type SignatureType } from './signature-type';
import { token } from './token';

/** Every way of signing that a document may name. A new one is a file of its own and a line here. */
export const SIGNATURE_TYPES: ReadonlyMap<string, SignatureType> = new Map<string, SignatureType>([
  ['hmac', hmac],
  ['hash', hash],
  ['rsa', rsa],
  ['ecdsa', ecdsa],
  ['ed25519', ed25519],
  ['token', token],
  ['basic', basic],
  ['jwt', jwt],
  ['none', none],
]);
