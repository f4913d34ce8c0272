import { randomUUID } from 'node:crypto';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';

/** One thing that happened to parcel T1 of partner acme, `minute` minutes into the year. */
export function aShipmentEvent(over: Partial<ShipmentEvent> & { minute?: number } = {}): ShipmentEvent {
  const { minute = 0, ...rest } = over;
  const orderedAt = new Date(Date.parse('2026-01-01T00:00:00Z') + minute * 60_000);
  return {
    partnerId: 'acme',
    trackingNumber: 'T1',
    eventKey: randomUUID(),
    eventId: 'evt_1',
    status: 'in_transit',
    partnerStatus: 'IT',
    occurredAt: orderedAt,
    occurredAtSource: 'partner',
    orderedAt,
    correction: false,
    ...rest,
  };
}
