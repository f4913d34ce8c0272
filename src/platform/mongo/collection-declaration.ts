import { type Document, type IndexDescription } from 'mongodb';

/** A collection as its `*.schema.ts` declares it; `migrate` creates what is declared here and nothing else. */
export interface CollectionDeclaration<T extends Document> {
  readonly name: string;
  readonly indexes: readonly IndexDescription[];
  /** Only carries the type of the documents; never set. */
  readonly document?: T | undefined;
}

export const declareCollection = <T extends Document>(
  name: string,
  indexes: readonly IndexDescription[],
): CollectionDeclaration<T> => ({ name, indexes });

/** A TTL index that only documents with an end have to pay for; the date in `expiresAt` is the end itself. */
export const expiryIndex = (): IndexDescription => ({
  name: 'expiresAt_ttl',
  key: { expiresAt: 1 },
  expireAfterSeconds: 0,
  partialFilterExpression: { expiresAt: { $exists: true } },
});
