import { type ShipmentStatus } from '#domain/shipments/shipment-status';

/** What the service is told about an event that would become the state of its shipment. */
export interface RoutingRequest {
  readonly eventId: string;
  readonly partnerId: string;
  readonly trackingNumber: string;
  readonly orderId?: string;
  readonly shipmentId?: string;
  readonly status: ShipmentStatus | null;
  readonly partnerStatus?: string;
  /** RFC 3339; where the partner gives no time, when the event came in. */
  readonly occurredAt: string;
  readonly location?: string;
  /** The shipment as it stands; version 0 where there is none yet. */
  readonly shipment: { readonly status: ShipmentStatus | null; readonly version: number };
}

export interface RoutingCall {
  readonly request: RoutingRequest;
  /** The same for every try of the same event. */
  readonly idempotencyKey: string;
  readonly traceparent: string;
  /** What the attempt has left; the service's own time-out may be shorter. */
  readonly withinMs: number;
}

export type RoutingAnswer =
  | { readonly kind: 'decided'; readonly decision: Readonly<Record<string, unknown>> }
  /** The service has nothing to decide about this event. */
  | { readonly kind: 'nothing' }
  /** It will never take this event. */
  | { readonly kind: 'rejected'; readonly message: string }
  | {
      readonly kind: 'unavailable';
      readonly message: string;
      /** What this says about the service itself; `unknown`: it had less time than its own time-out gives it. */
      readonly service: 'up' | 'down' | 'unknown';
      readonly retryAfterMs?: number;
    };

/** Port of the service that decides where a parcel goes next. */
export abstract class RoutingService {
  /** Every answer is one, also none in time; rejects only where `signal` was aborted. */
  abstract ask(call: RoutingCall, signal: AbortSignal): Promise<RoutingAnswer>;
}
