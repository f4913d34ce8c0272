import { type KeyObject } from 'node:crypto';
import { type AlternativeSpec } from '../document/signature-spec';
import { type SourceSpec } from '../template/source-spec';
import { type RefusalReason } from './reading';
import { type RequestView } from './request-view';
import { type Scope } from './scope';
import { type Proof } from './signed-string';
import { type SignedValue } from './signed-value';
import { type SourceReader } from './source';

/** One key of one alternative, ready to check requests. */
export interface KeyMatcher {
  /** Gives what the matching signature was about, or why none matches. */
  match(candidates: readonly string[], scope: Scope): Proof | RefusalReason;
}

/** Makes matchers; `undefined` where the secret's text is no key of this kind. */
export type MatcherFactory = (secret: string) => KeyMatcher | undefined;

/** Makes matchers of keys that the sender publishes; `undefined` where a key is of another kind. */
export type PublicMatcherFactory = (key: KeyObject) => KeyMatcher | undefined;

/** `shared`: both sides know it. `public`: everybody may know it. `none`: there is no key. */
export type KeyKind = 'shared' | 'public' | 'none';

/** A way of signing: one file, registered in `signature-types.ts`. */
export interface SignatureType {
  /** JSON Schema of the keys that an alternative of this type may have beside those of every type. */
  readonly properties: Readonly<Record<string, object>>;
  /** Keys of every type that mean nothing here. */
  readonly without?: readonly (keyof AlternativeSpec)[];
  /** Where the signature is unless the document says so; without this it must say so. */
  readonly usualFrom?: SourceSpec;
  keyKind(alternative: AlternativeSpec): KeyKind;
  /** What is wrong with a secret for this alternative, without a word of it. */
  secretFault(alternative: AlternativeSpec, secret: string): string | undefined;
  compile(alternative: AlternativeSpec): MatcherFactory;
  /** For alternatives with a key set. */
  compilePublic?(alternative: AlternativeSpec): PublicMatcherFactory;
  /** Where a request has more to read than others: the claims of a token. */
  scopeOf?(view: RequestView, item: SignedValue | undefined, from: SourceReader): Scope;
  /** Bounds of time that the signature itself names; asked when it is known to be right. */
  lateness?(scope: Scope, now: number): RefusalReason | undefined;
}
