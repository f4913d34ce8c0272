import { type KeyDecoding } from '../signature/key-material';
import { type DigestEncoding } from '../signature/text-comparison';
import { type SignatureSourceSpec, type SourceSpec } from '../template/source-spec';

export interface TimestampSpec {
  readonly from: SignatureSourceSpec;
  /** `unix` (default), `unix_ms`, `iso8601` or a pattern. */
  readonly format?: string;
  readonly toleranceSeconds?: number;
}

export interface KeySpec extends KeyDecoding {
  /** Where the request names the key that it was signed with. */
  readonly id?: SignatureSourceSpec;
  /** Address of the public keys that the sender publishes, in the place of secrets. */
  readonly jwks?: string;
}

export const PUBLIC_KEY_ALGORITHMS = ['sha256', 'sha1', 'sha384', 'sha512'] as const;
export const HMAC_ALGORITHMS = [...PUBLIC_KEY_ALGORITHMS, 'md5'] as const;

// prettier-ignore
export const JWT_ALGORITHMS = [
  'HS256', 'HS384', 'HS512',
  'RS256', 'RS384', 'RS512',
  'PS256', 'PS384', 'PS512',
  'ES256', 'ES384', 'ES512',
] as const;
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];

/** The body's digest in a place that is signed. */
export interface BodyDigestSpec {
  readonly from: SignatureSourceSpec;
  readonly algorithm?: (typeof PUBLIC_KEY_ALGORITHMS)[number];
  readonly encoding?: DigestEncoding;
}

/** One way in which a partner may prove itself; which keys it may have is up to its type. */
export interface AlternativeSpec {
  readonly name?: string;
  readonly type: string;
  /** Not needed by types that have a usual place, or no signature. */
  readonly from?: SourceSpec;
  readonly algorithm?: (typeof HMAC_ALGORITHMS)[number];
  readonly encoding?: DigestEncoding;
  readonly signed?: string | readonly string[];
  readonly timestamp?: TimestampSpec;
  readonly id?: SignatureSourceSpec;
  readonly bodyDigest?: BodyDigestSpec;
  readonly padding?: 'pkcs1' | 'pss';
  readonly dsaEncoding?: 'der' | 'ieee-p1363';
  /** What a token may be signed with; by shared secrets or by key pairs, never by both. */
  readonly algorithms?: readonly JwtAlgorithm[];
  /** What a token must say. */
  readonly claims?: Readonly<Record<string, string | number | boolean>>;
  /** Pointer to a list of which every item must verify. */
  readonly each?: string;
  readonly key?: KeySpec;
}

/** Name of an alternative: its own, or its type and its place in the list. */
export const alternativeName = (
  { name, type }: Pick<AlternativeSpec, 'name' | 'type'>,
  index: number,
): string => name ?? `${type}${index}`;
