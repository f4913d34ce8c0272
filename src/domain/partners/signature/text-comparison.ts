import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const DIGEST_ENCODINGS = ['hex', 'base64', 'base64url'] as const;
export type DigestEncoding = (typeof DIGEST_ENCODINGS)[number];

const identity = (text: string): string => text;

/** What may differ in the text of one and the same digest. */
const NORMALISE: Readonly<Record<DigestEncoding, (text: string, length: number) => string>> = {
  hex: (text, length) => (text.length === length ? text.toLowerCase() : text),
  base64: identity,
  base64url: (text, length) => {
    const padding = '='.repeat((4 - (length % 4)) % 4);
    return text.length === length + padding.length && text.endsWith(padding) ? text.slice(0, length) : text;
  },
};

/**
 * Compares digests by their text, in constant time. Candidates are never decoded: lenient decoders take cut and
 * non-canonical texts for the same bytes.
 */
export class DigestComparison {
  private readonly expected: Buffer;
  private readonly candidate: Buffer;
  private readonly normalise: (text: string, length: number) => string;

  constructor(
    encoding: DigestEncoding,
    private readonly length: number,
  ) {
    this.expected = Buffer.alloc(length);
    this.candidate = Buffer.alloc(length);
    this.normalise = NORMALISE[encoding];
  }

  anyMatches(digest: string, candidates: readonly string[]): boolean {
    this.expected.write(digest, 'latin1');
    return candidates.some((text) => this.matches(this.normalise(text, this.length)));
  }

  private matches(text: string): boolean {
    // A character beyond ASCII takes more than one byte, so it never fits.
    if (text.length !== this.length || this.candidate.write(text, 'utf8') !== this.length) return false;
    return timingSafeEqual(this.expected, this.candidate);
  }
}

const COMPARISON_KEY = randomBytes(32);

/** Under a key that nobody knows, equal length and equal bytes say nothing about the texts themselves. */
export const blind = (text: string | Buffer): Buffer =>
  createHmac('sha256', COMPARISON_KEY).update(text).digest();
