import { type PartnerSecret } from '../document/partner-secret';

/** A secret in the form in which one alternative uses it. */
export interface Key<T> {
  readonly secretId: string;
  readonly keyId: string | undefined;
  readonly matcher: T;
  readonly activeFrom: number;
  readonly retireAt: number;
}

/** Keys of the secrets that are meant for this alternative and that it can read. */
export function keysOf<T>(
  secrets: readonly PartnerSecret[],
  alternative: string,
  matcherOf: (value: string) => T | undefined,
): readonly Key<T>[] {
  return secrets.flatMap((secret) => {
    const isMeant = secret.use === undefined || secret.use === alternative;
    const matcher = isMeant ? matcherOf(secret.value) : undefined;
    if (matcher === undefined) return [];
    const { id, keyId, activeFrom, retireAt } = secret;
    return {
      secretId: id,
      keyId,
      matcher,
      activeFrom: activeFrom?.getTime() ?? -Infinity,
      retireAt: retireAt?.getTime() ?? Infinity,
    };
  });
}

export const isLive = (key: Key<unknown>, now: number): boolean =>
  key.activeFrom <= now && now < key.retireAt;
