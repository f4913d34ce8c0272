import { MongoBulkWriteError, MongoServerError, type WriteError } from 'mongodb';

export const DUPLICATE_KEY = 11_000;

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/**
 * Positions of an unordered bulk write that met an existing key. Throws the error on when anything else
 * failed in it: then nothing is known about the rest.
 */
export function duplicatePositions(error: unknown): readonly number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const failed: readonly WriteError[] = [error.writeErrors].flat();
  if (failed.length === 0 || failed.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  // A write concern that was not met leaves the other documents in doubt.
  if (error.result.getWriteConcernError()) throw error;
  return failed.map(({ index }) => index);
}
