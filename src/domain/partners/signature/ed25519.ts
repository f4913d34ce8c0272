import { verify } from 'node:crypto';
import { ED25519_KEY } from './key-demands';
import { publicKeyType } from './public-key-type';

export const ed25519 = publicKeyType({
  properties: {},
  demand: () => ED25519_KEY,
  // The digest is part of the scheme.
  checkOf: () => (key) => (data, signature) => verify(null, data, key, signature),
});
