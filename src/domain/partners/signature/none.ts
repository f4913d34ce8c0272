import { type SignatureType } from './signature-type';

/** No signature at all: the addresses that may send, which are asked before, are the only proof. */
export const none: SignatureType = {
  properties: {},
  without: ['from', 'timestamp', 'id', 'each', 'key'],
  usualFrom: {},
  keyKind: () => 'none',
  secretFault: () => undefined,
  compile: () => () => undefined,
};
