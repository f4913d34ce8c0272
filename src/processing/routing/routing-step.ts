import { Injectable } from '@nestjs/common';
import { type InboundEvent } from '#domain/events/inbound-event';
import { type Shipment } from '#domain/shipments/shipment';
import { type Routing, type ShipmentEvent } from '#domain/shipments/shipment-event';
import { permanent, postponed, type ProcessingFailure, throttled, transient } from '../processing-failure';
import { REST_MS, RoutingBreaker } from './routing-breaker';
import { type RoutingAnswer, type RoutingRequest, RoutingService } from './routing-service';

export type Routed =
  | { readonly ok: true; readonly routing: Routing | undefined }
  | { readonly ok: false; readonly failure: ProcessingFailure };

/** An event that would become the state of its shipment. */
export interface Candidate {
  readonly inbound: InboundEvent;
  readonly event: ShipmentEvent;
  readonly idempotencyKey: string;
  /** As it stands; `undefined`: there is none yet. */
  readonly shipment: Shipment | undefined;
}

/** Asks the routing service about one event, and says what its answer means for the attempt. */
@Injectable()
export class RoutingStep {
  constructor(
    private readonly service: RoutingService,
    private readonly breaker: RoutingBreaker,
  ) {}

  /** Rejects only where `signal` was aborted. */
  async decide(candidate: Candidate, deadline: number, signal: AbortSignal): Promise<Routed> {
    const withinMs = Math.round(deadline - performance.now());
    if (withinMs <= 0) return failed(outOfTime);
    const startedAt = performance.now();
    const call = { ...callOf(candidate), withinMs };
    const guarded = await this.breaker.run(call.request.partnerId, () => this.service.ask(call, signal));
    if (!guarded.asked) return failed(away());
    const { answer, wasProbe } = guarded;
    const durationMs = Math.round(performance.now() - startedAt);
    if (answer.kind === 'nothing') return { ok: true, routing: undefined };
    if (answer.kind === 'decided') {
      return { ok: true, routing: { decision: answer.decision, at: new Date(), durationMs } };
    }
    if (answer.kind === 'rejected') return failed(permanent('ROUTING_REJECTED', answer.message));
    // Who only found out for all others that it is still away has not been tried in earnest.
    if (wasProbe && answer.service === 'down') return failed(away(answer.retryAfterMs));
    return failed(answer.service === 'unknown' ? outOfTime : unavailable(answer));
  }
}

const away = (retryAfterMs = 0): ProcessingFailure =>
  postponed('ROUTING_UNAVAILABLE', 'the routing service is away', Math.max(REST_MS, retryAfterMs));
const outOfTime = transient('PROCESSING_TIMEOUT', 'the attempt took longer than it may');

const failed = (failure: ProcessingFailure): Routed => ({ ok: false, failure });

function unavailable({ message, retryAfterMs }: RoutingAnswer & { kind: 'unavailable' }): ProcessingFailure {
  if (retryAfterMs === undefined) return transient('ROUTING_UNAVAILABLE', message);
  return throttled('ROUTING_UNAVAILABLE', message, retryAfterMs);
}

const callOf = ({ inbound, event, idempotencyKey, shipment }: Candidate) => ({
  idempotencyKey,
  traceparent: inbound.traceparent,
  request: requestOf(event, shipment),
});

const requestOf = (event: ShipmentEvent, shipment: Shipment | undefined): RoutingRequest => ({
  eventId: event.eventId,
  partnerId: event.partnerId,
  trackingNumber: event.trackingNumber,
  ...(event.orderId !== undefined && { orderId: event.orderId }),
  ...(event.shipmentId !== undefined && { shipmentId: event.shipmentId }),
  status: event.status,
  ...(event.partnerStatus !== null && { partnerStatus: event.partnerStatus }),
  occurredAt: event.orderedAt.toISOString(),
  ...(event.location !== undefined && { location: event.location }),
  shipment: { status: shipment?.status ?? null, version: shipment?.version ?? 0 },
});
