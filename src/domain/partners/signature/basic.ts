import { type AlternativeSpec } from '../document/signature-spec';
import { keyBytesOf, keyFaultOf } from './key-material';
import { fromKeyBytes, SHARED_SECRET } from './shared-secret';
import { type SignatureType } from './signature-type';
import { TextMatcher } from './token';

const COLON = ':'.charCodeAt(0);

function pairFault({ key = {} }: AlternativeSpec, secret: string): string | undefined {
  const fault = keyFaultOf(secret, key);
  if (fault !== undefined) return fault;
  return keyBytesOf(secret, key)?.includes(COLON) === true
    ? undefined
    : 'must be user:password, with a colon';
}

/** HTTP's own user and password. What is sent is compared as it stands, so there is one way of writing it. */
export const basic: SignatureType = {
  ...SHARED_SECRET,
  properties: {},
  usualFrom: { header: 'authorization', prefix: ['Basic ', 'basic ', 'BASIC '] },
  secretFault: pairFault,
  compile: (alternative) => fromKeyBytes(alternative, (bytes) => new TextMatcher(bytes.toString('base64'))),
};
