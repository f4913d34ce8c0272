import { type InboundEvent } from '#domain/events/inbound-event';
import { type EventRules, type MappedEvent, type MappingResult } from '#domain/partners/compiled-partner';
import { MappingError } from '#domain/partners/mapping-error';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { permanent, type ProcessingFailure } from './processing-failure';

/** What an inbound event says, read by its partner's rules. */
export interface Reading {
  readonly event: InboundEvent;
  readonly shipmentEvents: readonly ShipmentEvent[];
  readonly unmapped: readonly string[];
  /** Set where nothing, or not everything, of it can be applied. */
  readonly failure?: ProcessingFailure;
}

const EMPTY = { shipmentEvents: [], unmapped: [] };

/** Never throws: what cannot be read is a reading with a failure. */
export function readEvent(event: InboundEvent, rules: EventRules | undefined): Reading {
  if (rules === undefined) {
    const failure = permanent('INTERNAL', `partner "${event.partnerId}" is not known any more`);
    return { event, ...EMPTY, failure };
  }
  try {
    return toReading(event, rules.map({ ...event, ...event.edited }));
  } catch (error) {
    // Whatever else it is would come again at every attempt, and hold back the rest of the batch.
    const code = error instanceof MappingError ? error.code : 'INTERNAL';
    const message = error instanceof MappingError ? error.message : 'the mapping failed unexpectedly';
    return { event, ...EMPTY, failure: permanent(code, message) };
  }
}

function toReading(event: InboundEvent, { events, unmapped, problems }: MappingResult): Reading {
  const shipmentEvents = events.map((mapped) => toShipmentEvent(event, mapped));
  const nameless = problems.filter(({ code }) => code === 'MISSING_TRACKING_NUMBER');
  if (nameless.length === 0) return { event, shipmentEvents, unmapped };
  const items = nameless.map(({ index }) => String(index ?? 0)).join(', ');
  const failure = permanent(
    'MISSING_TRACKING_NUMBER',
    `no tracking number in item ${items}; ${shipmentEvents.length} other item(s) were applied`,
  );
  return { event, shipmentEvents, unmapped, failure };
}

const toShipmentEvent = (event: InboundEvent, mapped: MappedEvent): ShipmentEvent => ({
  ...mapped,
  partnerId: event.partnerId,
  eventId: event.eventId,
  orderedAt: mapped.occurredAt ?? event.receivedAt,
});
