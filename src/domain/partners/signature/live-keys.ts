import { type PartnerSecret } from '../document/partner-secret';
import { type KeySet, type SetKey } from './key-set';
import { Unreadable } from './reading';
import { type Scope } from './scope';
import { type KeyMatcher, type PublicMatcherFactory } from './signature-type';
import { type SourceReader } from './source';

/** A secret in the form in which one alternative uses it. */
export interface Key<T> {
  /** `null`: a key that the sender publishes. */
  readonly secretId: string | null;
  readonly keyId: string | undefined;
  readonly matcher: T;
  readonly activeFrom: number;
  readonly retireAt: number;
}

/** Keys of the secrets that this alternative can read. */
export function keysOf<T>(
  secrets: readonly PartnerSecret[],
  matcherOf: (value: string) => T | undefined,
): readonly Key<T>[] {
  return secrets.flatMap(({ id, value, keyId, activeFrom, retireAt }) => {
    const matcher = matcherOf(value);
    if (matcher === undefined) return [];
    return {
      secretId: id,
      keyId,
      matcher,
      activeFrom: activeFrom?.getTime() ?? -Infinity,
      retireAt: retireAt?.getTime() ?? Infinity,
    };
  });
}

const isLive = (key: Key<unknown>, now: number): boolean => key.activeFrom <= now && now < key.retireAt;

/** Where an alternative has the keys from that it may use for a request. */
export interface LiveKeys {
  /** Whether there is any, whatever the request says. */
  any(now: number): boolean;
  for(scope: Scope, now: number): readonly Key<KeyMatcher>[] | Unreadable;
  /** As `prepare` of the alternative, for all that one request is about. */
  prepare?(scopes: readonly Scope[]): Promise<void> | undefined;
}

/** The partner's own secrets. */
export class SecretKeys implements LiveKeys {
  constructor(
    private readonly keys: readonly Key<KeyMatcher>[],
    private readonly keyId: SourceReader | undefined,
  ) {}

  any(now: number): boolean {
    return this.keys.some((key) => isLive(key, now));
  }

  for(scope: Scope, now: number): readonly Key<KeyMatcher>[] | Unreadable {
    const named = this.keyId?.one(scope);
    if (named instanceof Unreadable) return named;
    const [only] = this.keys;
    if (this.keyId === undefined && this.keys.length === 1 && only !== undefined && isLive(only, now))
      return this.keys;
    const live = this.keys.filter((key) => isLive(key, now));
    if (this.keyId === undefined) return live;
    return live.filter(({ keyId }) => keyId !== undefined && keyId === named);
  }
}

/** The keys that the sender publishes. */
export class PublishedKeys implements LiveKeys {
  private readonly made = new WeakMap<SetKey, readonly Key<KeyMatcher>[]>();

  constructor(
    private readonly keySet: KeySet,
    private readonly keyId: SourceReader | undefined,
    private readonly matcherOf: PublicMatcherFactory,
  ) {}

  /** Known only once the set was read. */
  any(): boolean {
    return true;
  }

  for(scope: Scope): readonly Key<KeyMatcher>[] | Unreadable {
    const named = this.nameIn(scope);
    if (named instanceof Unreadable) return named;
    if (named === undefined && this.keyId !== undefined) return [];
    const found = this.keySet.find(named);
    return found instanceof Unreadable ? found : found.flatMap((key) => this.keysOf(key));
  }

  prepare(scopes: readonly Scope[]): Promise<void> | undefined {
    const named = scopes.map((scope) => this.nameIn(scope)).filter((name) => typeof name === 'string');
    return this.keySet.prepare(named);
  }

  /** A source in the document goes before the name that a token gives. */
  private nameIn(scope: Scope): string | Unreadable | undefined {
    return this.keyId === undefined ? scope.ownKeyId() : this.keyId.one(scope);
  }

  private keysOf(key: SetKey): readonly Key<KeyMatcher>[] {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const matcher = this.matcherOf(key.key);
    const lasting = { secretId: null, keyId: key.kid, activeFrom: -Infinity, retireAt: Infinity };
    const keys = matcher === undefined ? [] : [{ ...lasting, matcher }];
    this.made.set(key, keys);
    return keys;
  }
}
