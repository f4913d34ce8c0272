import { constants, verify } from 'node:crypto';
import { PUBLIC_KEY_ALGORITHMS } from '../document/signature-spec';
import { RSA_KEY, RSA_PSS_KEY } from './key-demands';
import { publicKeyType } from './public-key-type';

/** The length of a PSS salt is the sender's choice and stands in the signature. */
const PADDINGS = {
  pkcs1: { padding: constants.RSA_PKCS1_PADDING },
  pss: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
} as const;

export const rsa = publicKeyType({
  properties: {
    algorithm: { enum: PUBLIC_KEY_ALGORITHMS },
    padding: { enum: Object.keys(PADDINGS) },
  },
  demand: ({ padding }) => (padding === 'pss' ? RSA_PSS_KEY : RSA_KEY),
  checkOf: ({ algorithm = 'sha256', padding = 'pkcs1' }) => {
    return (key) => {
      const keyAndPadding = { ...PADDINGS[padding], key };
      return (data, signature) => verify(algorithm, data, keyAndPadding, signature);
    };
  },
});
