import { type MappingScope } from './mapping-scope';
import { type RawEvent } from './raw-event';

export type RequestScope = Omit<MappingScope, 'item'>;

/** One way of finding the events in a body. */
export interface MappingForm {
  /** One for each item that is meant. Throws, or rejects with, `MappingError`. */
  events(scope: RequestScope, receivedAt: Date): readonly RawEvent[] | Promise<readonly RawEvent[]>;
  /** Words of the first item that is meant; none where there is no such item. Throws `MappingError`. */
  firstWords(scope: RequestScope): readonly string[];
}
