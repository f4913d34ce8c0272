import { type InboundEvent } from '#domain/events/inbound-event';
import { type MappedEvent } from '#domain/partners/compiled-partner';
import { type ShipmentEvent } from './shipment-event';

/** What an inbound event tells of a parcel, as the history keeps it. */
export const toldBy = (event: InboundEvent, mapped: MappedEvent): ShipmentEvent => ({
  partnerId: event.partnerId,
  eventId: event.eventId,
  orderedAt: mapped.occurredAt ?? event.receivedAt,
  ...mapped,
});
