import { type ListPosition } from './list-position';

type TimeBound = { readonly $lte: Date } | { readonly $lt: Date };

/** What a filter asks for beside its own members, so that a list goes on where its last page ended. */
export interface OlderThan<Condition> {
  readonly $and?: [Condition, { readonly $or: [Condition, { readonly _id: { readonly $lt: string } }] }];
}

/**
 * The rest of a list after `position`, newest first by time and then by `_id`; `on` says which member the time
 * is. With a plain bound on the time the server begins to read there; an `$or` alone would not let it.
 */
export function olderThan<Condition>(
  position: ListPosition | undefined,
  on: (bound: TimeBound) => Condition,
): OlderThan<Condition> {
  if (position === undefined) return {};
  const { at, id } = position;
  return { $and: [on({ $lte: at }), { $or: [on({ $lt: at }), { _id: { $lt: id } }] }] };
}
