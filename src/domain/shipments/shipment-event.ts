import { type ShipmentStatus } from './shipment-status';

/** One thing that happened to one parcel, as the history keeps it for ever. */
export interface ShipmentEvent {
  readonly partnerId: string;
  readonly trackingNumber: string;
  /** Unique within the partner: the same happening has the same key, however often it is told. */
  readonly eventKey: string;
  /** The inbound event that told it. */
  readonly eventId: string;
  readonly status: ShipmentStatus | null;
  readonly partnerStatus: string | null;
  readonly occurredAt: Date | null;
  readonly occurredAtSource: 'partner' | 'received';
  /** `occurredAt`, or when the inbound event came in where the partner gives no time: what orders it. */
  readonly orderedAt: Date;
  /** An explicit correction may leave a terminal state. */
  readonly correction: boolean;
  readonly orderId?: string;
  readonly shipmentId?: string;
  readonly location?: string;
  readonly description?: string;
  readonly attributes?: unknown;
  /** What the routing service decided when this became the state of its parcel. */
  readonly routing?: Routing;
}

export interface Routing {
  /** The answer of the service, as it came. */
  readonly decision: Readonly<Record<string, unknown>>;
  readonly at: Date;
  readonly durationMs: number;
}

export interface RecordedShipmentEvent extends ShipmentEvent {
  readonly recordedAt: Date;
  /** When a replay last put another reading here. */
  readonly revisedAt?: Date;
  /**
   * When a replay put other entries in its place: it is kept, and counts for nothing. No history that is folded or
   * shown has such a one.
   */
  readonly supersededAt?: Date;
}
