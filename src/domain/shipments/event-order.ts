import { type ShipmentEvent } from './shipment-event';
import { rankOf } from './shipment-status';

/** Where an event stands among the events of its parcel. */
export interface EventPlace {
  readonly orderedAt: Date;
  readonly rank: number;
  readonly eventKey: string;
}

export const placeOf = ({ orderedAt, status, eventKey }: ShipmentEvent): EventPlace => ({
  orderedAt,
  rank: rankOf(status),
  eventKey,
});

/** Time first; in one moment the higher status is the later one; the key only makes the order total. */
export function comparePlaces(a: EventPlace, b: EventPlace): number {
  const byTime = a.orderedAt.getTime() - b.orderedAt.getTime();
  if (byTime !== 0) return byTime;
  if (a.rank !== b.rank) return a.rank - b.rank;
  return a.eventKey < b.eventKey ? -1 : Number(a.eventKey > b.eventKey);
}
