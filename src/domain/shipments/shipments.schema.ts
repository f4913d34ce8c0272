import { declareCollection, expiryIndex } from '#platform/mongo/collection-declaration';
import { type ShipmentState } from './fold';
import { type RecordedShipmentEvent, type ShipmentEvent } from './shipment-event';

export interface ShipmentEventDocument extends RecordedShipmentEvent {
  /** Partner and event key: a second application is a no-op, without a second unique index. */
  _id: string;
  /** `_id` of the shipment. */
  parcel: string;
  expiresAt?: Date;
}

/**
 * The history. Events only append to it; a replay may put another reading in the place of an entry, or supersede it, and
 * takes nothing out.
 */
export const SHIPMENT_EVENTS = declareCollection<ShipmentEventDocument>('shipment_events', [
  { name: 'parcel_orderedAt', key: { parcel: 1, orderedAt: 1 } },
  expiryIndex(),
]);

/** A partner id holds no slash, so two entries never share an id. */
export const historyIdOf = ({ partnerId, eventKey }: ShipmentEvent): string => `${partnerId}/${eventKey}`;

export function toRecordedEvent(document: ShipmentEventDocument): RecordedShipmentEvent {
  const { _id, parcel, expiresAt, ...event } = document;
  return event;
}

export interface ShipmentDocument extends ShipmentState {
  /** Partner and tracking number. */
  _id: string;
  partnerId: string;
  trackingNumber: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** The projection. */
export const SHIPMENTS = declareCollection<ShipmentDocument>('shipments', [
  { name: 'trackingNumber', key: { trackingNumber: 1 } },
  {
    name: 'orderId',
    key: { 'orderId.value': 1 },
    // On the very field that is asked for: otherwise the server may not use the index for that question.
    partialFilterExpression: { 'orderId.value': { $exists: true } },
  },
  { name: 'status_updatedAt', key: { status: 1, updatedAt: -1, _id: -1 } },
]);
