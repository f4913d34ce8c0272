import { hash } from 'node:crypto';
import { type BodyDigestSpec } from '../document/signature-spec';
import { type RefusalReason, Unreadable } from './reading';
import { type Scope } from './scope';
import { compileSource, type SourceReader } from './source';
import { DigestComparison, type DigestEncoding } from './text-comparison';

/** The body's digest, in a place that is signed: so the body is, too. */
export class BodyDigest {
  private readonly from: SourceReader;
  private readonly algorithm: string;
  private readonly encoding: DigestEncoding;
  private readonly comparison: DigestComparison;

  constructor({ from, algorithm = 'sha256', encoding = 'hex' }: BodyDigestSpec) {
    this.from = compileSource(from);
    this.algorithm = algorithm;
    this.encoding = encoding;
    this.comparison = new DigestComparison(encoding, hash(algorithm, '', encoding).length);
  }

  refusal(scope: Scope): RefusalReason | undefined {
    const claimed = this.from.one(scope);
    if (claimed instanceof Unreadable) return claimed.reason;
    if (claimed === undefined) return 'body_digest_mismatch';
    const digest = hash(this.algorithm, scope.view.request.body, this.encoding);
    return this.comparison.anyMatches(digest, [claimed]) ? undefined : 'body_digest_mismatch';
  }
}
