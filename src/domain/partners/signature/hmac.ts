import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { listOf } from '../body/json-value';
import { HMAC_ALGORITHMS } from '../document/signature-spec';
import { type RefusalReason, Unreadable } from './reading';
import { type Scope } from './scope';
import { fromKeyBytes, SHARED_SECRET } from './shared-secret';
import { type KeyMatcher, type SignatureType } from './signature-type';
import { type Proof, SignedString } from './signed-string';
import { DIGEST_ENCODINGS, DigestComparison, type DigestEncoding } from './text-comparison';

interface HmacSettings {
  readonly algorithm: string;
  readonly encoding: DigestEncoding;
  readonly signed: readonly SignedString[];
  readonly comparison: DigestComparison;
}

class HmacMatcher implements KeyMatcher {
  constructor(
    private readonly key: KeyObject,
    private readonly settings: HmacSettings,
  ) {}

  match(candidates: readonly string[], scope: Scope): Proof | RefusalReason {
    const { algorithm, encoding, signed, comparison } = this.settings;
    let reason: RefusalReason = 'mismatch';
    for (const text of signed) {
      const hmac = createHmac(algorithm, this.key);
      const fed = text.feed(scope, hmac);
      if (fed instanceof Unreadable) reason = fed.reason;
      else if (fed === true && comparison.anyMatches(hmac.digest(encoding), candidates)) return text;
    }
    return reason;
  }
}

const digestLength = (algorithm: string, encoding: DigestEncoding): number =>
  createHmac(algorithm, 'any').digest(encoding).length;

export const hmac: SignatureType = {
  ...SHARED_SECRET,
  properties: {
    algorithm: { enum: HMAC_ALGORITHMS },
    encoding: { enum: DIGEST_ENCODINGS },
    signed: { $ref: '#/$defs/templates' },
    bodyDigest: { $ref: '#/$defs/bodyDigest' },
  },
  compile: (alternative) => {
    const { algorithm = 'sha256', encoding = 'hex', signed = '{body}' } = alternative;
    const settings: HmacSettings = {
      algorithm,
      encoding,
      signed: listOf(signed).map((text) => new SignedString(text)),
      comparison: new DigestComparison(encoding, digestLength(algorithm, encoding)),
    };
    return fromKeyBytes(alternative, (bytes) => new HmacMatcher(createSecretKey(bytes), settings));
  },
};
