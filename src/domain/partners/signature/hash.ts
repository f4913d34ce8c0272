import { createHash } from 'node:crypto';
import { listOf } from '../body/json-value';
import { HMAC_ALGORITHMS } from '../document/signature-spec';
import { type RefusalReason, Unreadable } from './reading';
import { type Scope } from './scope';
import { fromKeyBytes, SHARED_SECRET } from './shared-secret';
import { type KeyMatcher, type SignatureType } from './signature-type';
import { type Proof, SignedString } from './signed-string';
import { DIGEST_ENCODINGS, DigestComparison, type DigestEncoding } from './text-comparison';

interface HashSettings {
  readonly algorithm: string;
  readonly encoding: DigestEncoding;
  readonly signed: readonly SignedString[];
  readonly comparison: DigestComparison;
}

class HashMatcher implements KeyMatcher {
  constructor(
    private readonly secret: Buffer,
    private readonly settings: HashSettings,
  ) {}

  match(candidates: readonly string[], scope: Scope): Proof | RefusalReason {
    const { algorithm, encoding, signed, comparison } = this.settings;
    let reason: RefusalReason = 'mismatch';
    for (const text of signed) {
      const digest = createHash(algorithm);
      const fed = text.feed(scope, digest, this.secret);
      if (fed instanceof Unreadable) reason = fed.reason;
      else if (fed === true && comparison.anyMatches(digest.digest(encoding), candidates)) return text;
    }
    return reason;
  }
}

/** A plain digest of a text in which the secret stands. Weaker than an HMAC, but some senders have nothing else. */
export const hash: SignatureType = {
  ...SHARED_SECRET,
  properties: {
    algorithm: { enum: HMAC_ALGORITHMS },
    encoding: { enum: DIGEST_ENCODINGS },
    signed: { $ref: '#/$defs/templates' },
    bodyDigest: { $ref: '#/$defs/bodyDigest' },
  },
  compile: (alternative) => {
    const { algorithm = 'sha256', encoding = 'hex', signed } = alternative;
    const settings: HashSettings = {
      algorithm,
      encoding,
      signed: listOf(signed).map((text) => new SignedString(text)),
      comparison: new DigestComparison(encoding, createHash(algorithm).digest(encoding).length),
    };
    return fromKeyBytes(alternative, (bytes) => new HashMatcher(bytes, settings));
  },
};
