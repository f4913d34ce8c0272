import { randomBytes } from 'node:crypto';
import { isList, isObject } from './body/json-value';
import { mergePatch } from './document/merge-patch';
import { type SecretSpec } from './document/partner-document';
import { isSecretReference } from './document/secret-faults';
import { type SecretFacts, type StoredSecret } from './stored-partner';

/** One secret of a document that is to be saved. */
export interface ListedSecret {
  /** As it was written. */
  readonly given: unknown;
  /** The stored one that it names without a value: that value stays. */
  readonly kept?: StoredSecret;
  /** Nobody named it: it stays as it is, also where its value cannot be had any more. */
  readonly untouched?: true;
}

const untouched = (kept: StoredSecret): ListedSecret => ({ given: {}, kept, untouched: true });

/** A document without a list leaves all secrets as they are. `undefined` where there is something else than a list. */
export function listedSecrets(
  list: unknown,
  stored: readonly StoredSecret[],
  keepUnlisted = false,
): readonly ListedSecret[] | undefined {
  if (list === undefined) return stored.map(untouched);
  if (!isList(list)) return undefined;
  const listed = list.map((given): ListedSecret => {
    const isKept = isObject(given) && given['value'] === undefined;
    const kept = isKept ? stored.find(({ id }) => id === given['id']) : undefined;
    return kept === undefined ? { given } : { given, kept };
  });
  if (!keepUnlisted) return listed;
  const named = new Set(list.map((given) => (isObject(given) ? given['id'] : undefined)));
  return [...listed, ...stored.filter(({ id }) => !named.has(id)).map(untouched)];
}

export function referenceOf({ given, kept }: ListedSecret): string | undefined {
  if (kept !== undefined) return 'reference' in kept ? kept.reference : undefined;
  const value = isObject(given) ? given['value'] : undefined;
  return typeof value === 'string' && isSecretReference(value) ? value : undefined;
}

/** Shown and never set: what was read of a partner may be sent back with a change. */
const READ_ONLY = { createdAt: null, lastUsedAt: null, reference: null };

const timesOf = ({ activeFrom, retireAt }: SecretFacts) => ({
  ...(activeFrom !== undefined && { activeFrom: activeFrom.toISOString() }),
  ...(retireAt !== undefined && { retireAt: retireAt.toISOString() }),
});

const namesOf = ({ use, keyId }: Pick<SecretFacts, 'use' | 'keyId'>) => ({
  ...(use !== undefined && { use }),
  ...(keyId !== undefined && { keyId }),
});

/** As a document would bring it, with this value; what was written beside the id of a kept one changes that. */
export function specOf({ given, kept }: ListedSecret, value: string): unknown {
  if (kept === undefined) return mergePatch(given, { value });
  const before = { id: kept.id, ...namesOf(kept), ...timesOf(kept) };
  return mergePatch(mergePatch(before, given), { ...READ_ONLY, value });
}

const newSecretId = (): string => `sec_${randomBytes(8).toString('hex')}`;

export function factsOf(spec: SecretSpec, kept: StoredSecret | undefined, now: Date): SecretFacts {
  const { id = newSecretId(), activeFrom, retireAt } = spec;
  return {
    id,
    ...namesOf(spec),
    createdAt: kept?.createdAt ?? now,
    ...(activeFrom !== undefined && { activeFrom: new Date(activeFrom) }),
    ...(retireAt !== undefined && { retireAt: new Date(retireAt) }),
  };
}
