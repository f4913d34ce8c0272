import { type ShipmentState } from './fold';

export interface ShipmentKey {
  readonly partnerId: string;
  readonly trackingNumber: string;
}

/** The current state of one parcel: a projection of its history. */
export interface Shipment extends ShipmentKey, ShipmentState {
  /** Raised by every write; a write names the version that it was made from. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A partner id holds no slash, so two shipments never share an id. */
export const shipmentIdOf = ({ partnerId, trackingNumber }: ShipmentKey): string =>
  `${partnerId}/${trackingNumber}`;
