import { type KeyDecoding } from '../signature/key-material';
import { type DigestEncoding } from '../signature/text-comparison';
import { type SourceSpec } from '../template/source-spec';

export interface TimestampSpec {
  readonly from: SourceSpec;
  /** `unix` (default), `unix_ms`, `iso8601` or a pattern. */
  readonly format?: string;
  readonly toleranceSeconds?: number;
}

export interface KeySpec extends KeyDecoding {
  /** Where the request names the key that it was signed with. */
  readonly id?: SourceSpec;
}

export const HMAC_ALGORITHMS = ['sha256', 'sha1', 'sha384', 'sha512', 'md5'] as const;

/** One way in which a partner may prove itself; which keys it may have is up to its type. */
export interface AlternativeSpec {
  readonly name?: string;
  readonly type: string;
  readonly from: SourceSpec;
  readonly algorithm?: (typeof HMAC_ALGORITHMS)[number];
  readonly encoding?: DigestEncoding;
  readonly signed?: string | readonly string[];
  readonly timestamp?: TimestampSpec;
  readonly id?: SourceSpec;
  /** Pointer to a list of which every item must verify. */
  readonly each?: string;
  readonly key?: KeySpec;
}

/** Name of an alternative: its own, or its type and its place in the list. */
export const alternativeName = (
  { name, type }: Pick<AlternativeSpec, 'name' | 'type'>,
  index: number,
): string => name ?? `${type}${index}`;
