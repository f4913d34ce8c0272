import { type EventField } from './mapping-spec';

/** The fields of one item as the sender wrote them, whichever form of mapping found them. */
export interface RawEvent extends Readonly<Record<Exclude<EventField, 'status'>, unknown>> {
  /** Place among all items of the body. */
  readonly index: number;
  /** From the most to the least specific. */
  readonly words: readonly string[];
}
