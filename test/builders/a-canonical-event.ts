import { randomBytes, randomUUID } from 'node:crypto';

export interface CanonicalEvent {
  schemaVersion: string;
  eventId: string;
  eventType: string;
  occurredAt: string;
  source: string;
  idempotencyKey: string;
  payload: { shipmentId: string; status: string; trackingNumber: string; [more: string]: unknown };
}

export const aTrackingNumber = (): string => `TRK${randomBytes(8).toString('hex').toUpperCase()}`;

/** A valid canonical event about a parcel of its own. */
export function aCanonicalEvent(over: Partial<CanonicalEvent['payload']> = {}): CanonicalEvent {
  const id = randomUUID();
  return {
    schemaVersion: '1',
    eventId: id,
    eventType: 'shipment.status_changed',
    occurredAt: new Date().toISOString(),
    source: 'tests',
    idempotencyKey: `key-${id}`,
    payload: { shipmentId: `S-${id}`, status: 'in_transit', trackingNumber: aTrackingNumber(), ...over },
  };
}
