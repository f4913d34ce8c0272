import { hmac } from './hmac';
import { type SignatureType } from './signature-type';
import { token } from './token';

/** Every way of signing that a document may name. A new one is a file of its own and a line here. */
export const SIGNATURE_TYPES: ReadonlyMap<string, SignatureType> = new Map([
  ['hmac', hmac],
  ['token', token],
]);
