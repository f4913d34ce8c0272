import { type AlternativeSpec } from '../document/signature-spec';
import { type RefusalReason } from './reading';
import { type Scope } from './scope';
import { type Proof } from './signed-string';

/** One key of one alternative, ready to check requests. */
export interface KeyMatcher {
  /** Gives what the matching signature was about, or why none matches. */
  match(candidates: readonly string[], scope: Scope): Proof | RefusalReason;
}

/** Makes matchers; `undefined` where the secret's text is no key of this kind. */
export type MatcherFactory = (secret: string) => KeyMatcher | undefined;

/** A way of signing: one file, registered in `signature-types.ts`. */
export interface SignatureType {
  /** JSON Schema of the keys that an alternative of this type may have beside those of every type. */
  readonly properties: Readonly<Record<string, object>>;
  /** What is wrong with a secret for this alternative, without a word of it. */
  secretFault(alternative: AlternativeSpec, secret: string): string | undefined;
  compile(alternative: AlternativeSpec): MatcherFactory;
}
