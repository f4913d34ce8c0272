/** Why a request was refused. The sender only ever sees the code that it stands for. */
export type RefusalReason =
  | 'missing_signature'
  | 'missing_id'
  | 'missing_timestamp'
  | 'no_live_secret'
  | 'no_items'
  | 'ambiguous_header'
  | 'ambiguous_value'
  | 'too_many_values'
  | 'body_not_json'
  | 'body_duplicate_member'
  | 'mismatch'
  | 'body_digest_mismatch'
  | 'malformed_timestamp'
  | 'malformed_jwt'
  | 'jwt_algorithm'
  | 'jwt_claim'
  | 'stale'
  /** Never a verdict: the verifier gives none where this could have made a difference. */
  | 'key_set_unavailable';

/** A place of the request that must not be believed, whatever stands in it. */
export class Unreadable {
  constructor(readonly reason: RefusalReason) {}
}

export const AMBIGUOUS_HEADER = new Unreadable('ambiguous_header');
export const AMBIGUOUS_VALUE = new Unreadable('ambiguous_value');
export const TOO_MANY_VALUES = new Unreadable('too_many_values');
export const BODY_NOT_JSON = new Unreadable('body_not_json');
export const BODY_DUPLICATE_MEMBER = new Unreadable('body_duplicate_member');
export const MALFORMED_JWT = new Unreadable('malformed_jwt');
export const KEY_SET_UNAVAILABLE = new Unreadable('key_set_unavailable');

/** What a part of a request gives: `undefined` where it is missing. */
export type Reading<T = string> = T | Unreadable | undefined;
