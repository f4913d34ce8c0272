import { comparePlaces, placeOf } from './event-order';
import { type RecordedShipmentEvent } from './shipment-event';

export interface TimelineEntry {
  readonly event: RecordedShipmentEvent;
  /** When it was recorded, the history already held an event that comes after it. */
  readonly late: boolean;
}

/** A parcel's history in the order in which things happened, whatever the order in which they were told. */
export function timelineOf(history: readonly RecordedShipmentEvent[]): readonly TimelineEntry[] {
  const newestFirst = [...history].sort((a, b) => comparePlaces(placeOf(b), placeOf(a)));
  let firstRecordedAfter = Infinity;
  const entries = newestFirst.map((event) => {
    const recordedAt = event.recordedAt.getTime();
    // Told by one batch, they were recorded in the same moment: none of them was there before the other.
    const late = firstRecordedAfter < recordedAt;
    firstRecordedAfter = Math.min(firstRecordedAfter, recordedAt);
    return { event, late };
  });
  return entries.reverse();
}
