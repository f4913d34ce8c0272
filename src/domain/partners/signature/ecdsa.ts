import { verify } from 'node:crypto';
import { PUBLIC_KEY_ALGORITHMS } from '../document/signature-spec';
import { EC_KEY } from './key-demands';
import { publicKeyType } from './public-key-type';

/** OpenSSL takes DER only as it would write it itself, and both numbers of IEEE P1363 only in full length. */
export const ecdsa = publicKeyType({
  properties: {
    algorithm: { enum: PUBLIC_KEY_ALGORITHMS },
    dsaEncoding: { enum: ['der', 'ieee-p1363'] },
  },
  demand: () => EC_KEY,
  checkOf: ({ algorithm = 'sha256', dsaEncoding = 'der' }) => {
    return (key) => {
      const keyAndEncoding = { key, dsaEncoding };
      return (data, signature) => verify(algorithm, data, keyAndEncoding, signature);
    };
  },
});
