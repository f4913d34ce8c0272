import { type Db, type Document } from 'mongodb';
import { DUPLICATE_KEY } from './write-errors';

/** MongoDB answered, but did not promise that the documents are there for good. */
export class UnconfirmedWriteError extends Error {
  constructor(reason: string) {
    super(`the write was not confirmed: ${reason}`);
  }
}

/**
 * Inserts all of them with one command, acknowledged by a majority and journaled; gives the positions of those
 * whose `_id` was there already. Rejects when anything else went wrong: then any of them may be there or not.
 *
 * The command itself rather than `insertMany`, which serialises every document twice and builds an error for
 * each duplicate: on the intake path that is what the driver spends most of its time on. In exchange there is
 * no retry inside the driver, so the documents must have derived ids and a caller that can live with a repeat.
 *
 * @see https://www.mongodb.com/docs/manual/reference/command/insert/
 */
export async function insertUnordered(
  db: Db,
  collection: string,
  documents: readonly Document[],
  /** Ends the wait for an answer; the write may happen all the same. */
  signal: AbortSignal,
): Promise<readonly number[]> {
  const reply: Record<string, unknown> = await db.command(
    { insert: collection, documents, ordered: false, writeConcern: { w: 'majority', j: true } },
    { signal },
  );
  if (reply['writeConcernError'] !== undefined) throw new UnconfirmedWriteError('no majority');
  return listOf(reply['writeErrors']).map(duplicatePosition);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function duplicatePosition(error: unknown): number {
  if (typeof error === 'object' && error !== null && 'index' in error && 'code' in error) {
    if (error.code === DUPLICATE_KEY && typeof error.index === 'number') return error.index;
    throw new UnconfirmedWriteError(`MongoDB's error code ${String(error.code)}`);
  }
  throw new UnconfirmedWriteError('an answer that cannot be read');
}
