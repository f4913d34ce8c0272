import { instantOf } from './instant';

/** A place in a list that is sorted by time and, within one moment, by id. */
export interface ListPosition {
  readonly at: Date;
  readonly id: string;
}

/** In the form that a cursor carries. */
export const writePosition = ({ at, id }: ListPosition): readonly [string, string] => [at.toISOString(), id];

/** `undefined` where a cursor carries anything else. */
export function readPosition(carried: unknown): ListPosition | undefined {
  const parts: readonly unknown[] = Array.isArray(carried) ? carried : [];
  if (parts.length !== 2) return undefined;
  const [at, id] = parts;
  const instant = instantOf(at);
  return instant === undefined || typeof id !== 'string' ? undefined : { at: instant, id };
}

/** Both ways. */
export const LIST_POSITION = { read: readPosition, write: writePosition };
