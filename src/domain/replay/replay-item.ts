import { type RecordedShipmentEvent, type ShipmentEvent } from '#domain/shipments/shipment-event';
import { type KeptReading } from './kept-event-reader';

/** With when it was recorded first, and what was decided about it then, where it was told in other words before. */
export type NewEntry = ShipmentEvent & Partial<Pick<RecordedShipmentEvent, 'recordedAt'>>;

/** One kept event as it is read today, and what that changes in the history. */
export interface ReplayItem extends KeptReading {
  /** What the history holds by the word of this event, of the parcels that it names today. */
  readonly held: readonly RecordedShipmentEvent[];
  /** Not in the history yet. */
  readonly added: readonly NewEntry[];
  /** In the history with another reading. */
  readonly revised: readonly ShipmentEvent[];
  /** In the history in words in which the event does not tell it any more. */
  readonly superseded: readonly RecordedShipmentEvent[];
}

/** Whether a replay changes anything in the history. */
export const isChanged = ({ added, revised, superseded }: ReplayItem): boolean =>
  added.length + revised.length + superseded.length > 0;

/** Whether a history holds just what was read. */
export type Says = (entry: RecordedShipmentEvent, event: ShipmentEvent) => boolean;

/**
 * What another event told first stays as it is, as always. What this one told of a parcel gives way to what it tells of
 * the parcel today; where it does not name the parcel any more, or is not read as a whole, what it told stays.
 */
export function itemOf(
  reading: KeptReading,
  entries: readonly RecordedShipmentEvent[],
  says: Says,
): ReplayItem {
  const { event, shipmentEvents, problem } = reading;
  const byKey = new Map(entries.map((entry) => [entry.eventKey, entry]));
  const held = entries.filter((entry) => entry.eventId === event.eventId && !entry.supersededAt);
  const added: ShipmentEvent[] = [];
  const revised: ShipmentEvent[] = [];
  for (const read of shipmentEvents) {
    const entry = byKey.get(read.eventKey);
    if (entry === undefined) added.push(read);
    else if (entry.supersededAt) revised.push(read);
    else if (entry.eventId === event.eventId && !says(entry, read)) revised.push(read);
  }
  const read = new Set(shipmentEvents.map(({ eventKey }) => eventKey));
  const superseded = problem ? [] : held.filter(({ eventKey }) => !read.has(eventKey));
  return {
    ...reading,
    held,
    added: added.map((one) => newEntry(one, added, superseded)),
    revised,
    superseded,
  };
}

/** What comes new into the history: with what it takes over of the entry that it takes the place of. */
function newEntry(
  event: ShipmentEvent,
  added: readonly ShipmentEvent[],
  superseded: readonly RecordedShipmentEvent[],
): NewEntry {
  const before = predecessorOf(event, added, superseded);
  if (before === undefined) return event;
  const { recordedAt, routing } = before;
  return { ...event, recordedAt, ...(routing && { routing }) };
}

/** The same thing in other words: the only one of its parcel on either side, or the only one of its moment. */
function predecessorOf(
  event: ShipmentEvent,
  added: readonly ShipmentEvent[],
  superseded: readonly RecordedShipmentEvent[],
): RecordedShipmentEvent | undefined {
  const ofParcel = (one: ShipmentEvent): boolean => one.trackingNumber === event.trackingNumber;
  const ofMoment = (one: ShipmentEvent): boolean =>
    ofParcel(one) && one.orderedAt.getTime() === event.orderedAt.getTime();
  for (const like of [ofParcel, ofMoment]) {
    const [before, ...others] = superseded.filter(like);
    if (before && others.length === 0 && added.filter(like).length === 1) return before;
  }
  return undefined;
}
