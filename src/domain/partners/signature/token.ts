import { timingSafeEqual } from 'node:crypto';
import { SENDER_PROOF } from './body-proof';
import { type RefusalReason } from './reading';
import { fromKeyBytes, SHARED_SECRET } from './shared-secret';
import { type KeyMatcher, type SignatureType } from './signature-type';
import { type Proof } from './signed-string';
import { blind } from './text-comparison';

/** Matches where the value is this text. */
export class TextMatcher implements KeyMatcher {
  private readonly expected: Buffer;

  constructor(text: string | Buffer) {
    this.expected = blind(text);
  }

  match(candidates: readonly string[]): Proof | RefusalReason {
    return candidates.some((text) => timingSafeEqual(this.expected, blind(text))) ? SENDER_PROOF : 'mismatch';
  }
}

/** The value itself is the secret. */
export const token: SignatureType = {
  ...SHARED_SECRET,
  properties: {},
  compile: (alternative) => fromKeyBytes(alternative, (bytes) => new TextMatcher(bytes)),
};
