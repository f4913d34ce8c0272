import { hash } from 'node:crypto';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { historyIdOf } from '#domain/shipments/shipments.schema';

/** Beyond the items of any body. */
const BEHIND_ALL = 1_000;

/**
 * The same for every try about this event: its inbound event, and its place in the body that told it. One of the history
 * that `told`, the events of the body at hand, make the state came with a body of its own, of which the place is not
 * known any more: it has a number that depends on nothing but itself.
 */
export function idempotencyKeyOf(event: ShipmentEvent, told: readonly ShipmentEvent[]): string {
  const place = told.findIndex(
    (one) => one.eventId === event.eventId && historyIdOf(one) === historyIdOf(event),
  );
  const index = place >= 0 ? place : BEHIND_ALL + numberOf(historyIdOf(event));
  return index === 0 ? event.eventId : `${event.eventId}-${index}`;
}

const numberOf = (text: string): number => parseInt(hash('sha256', text).slice(0, 8), 16);
