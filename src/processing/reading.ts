import { type EventReading, type Unreadable } from '#domain/events/event-reading';
import { type InboundEvent } from '#domain/events/inbound-event';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { permanent, type ProcessingFailure, transient } from './processing-failure';

/** What an inbound event says, and what follows where not all of it can be applied. */
export interface Reading {
  readonly event: InboundEvent;
  readonly shipmentEvents: readonly ShipmentEvent[];
  readonly unmapped: readonly string[];
  /** Set where nothing, or not everything, of it can be applied. */
  readonly failure?: ProcessingFailure;
}

/** An event that is not, or cannot be, read. */
export const unread = (event: InboundEvent, failure: ProcessingFailure): Reading => ({
  event,
  shipmentEvents: [],
  unmapped: [],
  failure,
});

/** What a reading means for the worker. */
export function judged(event: InboundEvent, reading: EventReading): Reading {
  const { shipmentEvents, unmapped, problem } = reading;
  const failure = problem && failureOf(problem, shipmentEvents.length);
  return { event, shipmentEvents, unmapped, ...(failure && { failure }) };
}

/** `applied`: how many items of the body have no problem. */
export function failureOf({ code, message, mayPass }: Unreadable, applied: number): ProcessingFailure {
  if (mayPass) return transient(code, message);
  return permanent(code, applied === 0 ? message : `${message}; ${applied} other item(s) were applied`);
}
