import { hash, timingSafeEqual } from 'node:crypto';
import { keyBytesOf, keyFaultOf } from './key-material';
import { type RefusalReason } from './reading';
import { type KeyMatcher, type SignatureType } from './signature-type';
import { type Proof } from './signed-string';
import { blind } from './text-comparison';

/** A token says who sends, nothing about what; only the body tells two requests apart. */
const PROOF: Proof = {
  covers: 'none',
  nonce: ({ view }) => `sha256:${hash('sha256', view.request.body)}`,
};

class TokenMatcher implements KeyMatcher {
  private readonly expected: Buffer;

  constructor(secret: Buffer) {
    this.expected = blind(secret);
  }

  match(candidates: readonly string[]): Proof | RefusalReason {
    return candidates.some((text) => timingSafeEqual(this.expected, blind(text))) ? PROOF : 'mismatch';
  }
}

/** The value itself is the secret. */
export const token: SignatureType = {
  properties: {},
  secretFault: ({ key = {} }, secret) => keyFaultOf(secret, key),
  compile: ({ key = {} }) => {
    return (secret) => {
      const bytes = keyBytesOf(secret, key);
      return bytes === undefined ? undefined : new TokenMatcher(bytes);
    };
  },
};
