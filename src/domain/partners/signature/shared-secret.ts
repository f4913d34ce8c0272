import { type AlternativeSpec } from '../document/signature-spec';
import { keyBytesOf, keyFaultOf } from './key-material';
import { type KeyMatcher, type MatcherFactory, type SignatureType } from './signature-type';

/** What types have in common whose key both sides know. */
export const SHARED_SECRET: Pick<SignatureType, 'keyKind' | 'secretFault'> = {
  keyKind: () => 'shared',
  secretFault: ({ key = {} }, secret) => keyFaultOf(secret, key),
};

/** Makes matchers out of the bytes of a secret. */
export const fromKeyBytes =
  ({ key = {} }: AlternativeSpec, matcherOf: (bytes: Buffer) => KeyMatcher): MatcherFactory =>
  (secret) => {
    const bytes = keyBytesOf(secret, key);
    return bytes === undefined ? undefined : matcherOf(bytes);
  };
