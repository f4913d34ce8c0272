import { Injectable, Logger } from '@nestjs/common';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { HistoryRevisionRepository } from '#domain/shipments/history-revision.repository';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { together } from '#platform/grouping/together';
import { isOutage } from '#platform/mongo/outage';
import { EventApplier } from '../event-applier';
import { interrupted, type ProcessingFailure, transient } from '../processing-failure';
import { type Reading } from '../reading';
import { type ParcelPreview, ShipmentProjector } from '../shipment-projector';
import { StoreOutage } from '../store-outage';
import { idempotencyKeyOf } from './idempotency-key';
import { RoutingStep } from './routing-step';
import { Slots } from './slots';

export interface AttemptHooks {
  /** Aborted when the process must end. */
  readonly signal: AbortSignal;
  /** The service has answered and is not asked again: the slot may serve another event while this one is applied. */
  readonly answered: () => void;
}

interface Parcels extends AttemptHooks {
  readonly reading: Reading;
  readonly open: ParcelPreview[];
  readonly deadline: number;
  /** Parcels that were applied after a decision. */
  routed: number;
  failure: ProcessingFailure | undefined;
}

/**
 * Applies one event that the routing service may have to decide about. Its parcels go one by one: each is applied as
 * soon as its decision is there, so that one that fails holds back no other, and is alone what is tried again.
 */
@Injectable()
export class RoutedAttempt {
  private readonly logger = new Logger('RoutedAttempt');
  /** Many services answer at the same moment. What one event meets is told to that one alone. */
  private readonly applyTogether = together(async (parts: readonly Reading[]) => {
    const failures = await this.applier.apply(parts);
    return parts.map(() => failures);
  });

  constructor(
    private readonly projector: ShipmentProjector,
    private readonly applier: EventApplier,
    private readonly revisions: HistoryRevisionRepository,
    private readonly routing: RoutingStep,
    private readonly slots: Slots,
    private readonly outage: StoreOutage,
  ) {}

  /** Gives what kept it from being applied as a whole. Rejects only on an outage that `signal` cut short. */
  async apply(
    partner: CompiledPartner,
    reading: Reading,
    { signal, answered }: AttemptHooks,
  ): Promise<ProcessingFailure | undefined> {
    if (reading.shipmentEvents.length === 0) return undefined;
    const open = await this.ofStores(reading, signal, () => this.projector.preview(reading.shipmentEvents));
    if (open === undefined) return transient('INTERNAL', 'the stores do not say how its shipments stand');
    const deadline = performance.now() + partner.queue.timeoutMs;
    const whenAnswered = open.length === 1 ? answered : () => undefined;
    const parcels: Parcels = {
      reading,
      open: [...open],
      deadline,
      signal,
      answered: whenAnswered,
      routed: 0,
      failure: undefined,
    };
    await this.inLanes(partner, parcels);
    return outcomeOf(parcels);
  }

  /** `undefined` where the stores refuse: a fault of ours that time may heal. */
  private async ofStores<T>({ event }: Reading, signal: AbortSignal, ask: () => Promise<T>) {
    try {
      return await this.outage.outlast(signal, ask);
    } catch (error) {
      if (isOutage(error)) throw error;
      const { eventId, partnerId, traceId } = event;
      this.logger.warn({ err: error, eventId, partnerId, traceId }, 'event could not be routed');
      return undefined;
    }
  }

  /** One parcel after the other in the slot of the event, and more at a time while slots are free. */
  private async inLanes(partner: CompiledPartner, parcels: Parcels): Promise<void> {
    const { id, queue } = partner;
    const lanes: Promise<void>[] = [];
    for (let next = parcels.open.shift(); next !== undefined; next = parcels.open.shift()) {
      const more = this.slots.takeFree(id, queue.concurrency, parcels.open.length);
      for (const lane of Array.from({ length: more }, () => this.lane(partner, parcels))) {
        // Nobody listens to it while this one goes on: what it meets is told below.
        lane.catch(() => undefined);
        lanes.push(lane);
      }
      await this.settleParcel(partner, parcels, next);
    }
    await Promise.all(lanes);
  }

  /** In a slot that was free: given back after each parcel, for others may have come to wait for it. */
  private async lane(partner: CompiledPartner, parcels: Parcels): Promise<void> {
    const { id, queue } = partner;
    do {
      const next = parcels.open.shift();
      try {
        if (next !== undefined) await this.settleParcel(partner, parcels, next);
      } finally {
        this.slots.release(id);
      }
    } while (parcels.open.length > 0 && this.slots.takeFree(id, queue.concurrency, 1) > 0);
  }

  private async settleParcel(
    partner: CompiledPartner,
    parcels: Parcels,
    parcel: ParcelPreview,
  ): Promise<void> {
    const failure = await this.applyParcel(partner, parcels, parcel);
    parcels.failure = graver(parcels.failure, failure);
  }

  private async applyParcel(
    partner: CompiledPartner,
    parcels: Parcels,
    parcel: ParcelPreview,
  ): Promise<ProcessingFailure | undefined> {
    const { reading, deadline, signal } = parcels;
    const { becomesState: event, shipment, events } = parcel;
    const wasAsked = event?.routing !== undefined;
    if (event === undefined || wasAsked || !partner.routes(event.status))
      return this.append(reading, events, signal);
    const idempotencyKey = idempotencyKeyOf(event, reading.shipmentEvents);
    const candidate = { inbound: reading.event, event, idempotencyKey, shipment };
    const routed = await this.routing.decide(candidate, deadline, signal).catch((error: unknown) => {
      if (signal.aborted) return { ok: false, failure: stopped } as const;
      throw error;
    });
    parcels.answered();
    if (!routed.ok) return routed.failure;
    const { routing } = routed;
    if (routing !== undefined && 'recordedAt' in event) {
      const kept = await this.ofStores(reading, signal, () => this.revisions.decide(event, routing));
      if (kept === undefined) return transient('INTERNAL', 'the stores do not take what was decided');
    }
    const decided = events.map((one) => (one === event && routing ? { ...one, routing } : one));
    const failure = await this.append(reading, decided, signal);
    if (failure === undefined) parcels.routed += 1;
    return failure;
  }

  private async append(
    reading: Reading,
    shipmentEvents: readonly ShipmentEvent[],
    signal: AbortSignal,
  ): Promise<ProcessingFailure | undefined> {
    const part = { ...reading, shipmentEvents };
    const failures = await this.outage.outlast(signal, () => this.applyTogether(part));
    return failures.get(reading.event.eventId);
  }
}

/** What is tried again goes before what is not, else the rest would never be; what spends no attempt before all. */
const WEIGHT: Readonly<Record<ProcessingFailure['kind'], number>> = {
  permanent: 0,
  transient: 1,
  throttled: 2,
  postponed: 3,
  interrupted: 4,
};

function graver(
  one: ProcessingFailure | undefined,
  other: ProcessingFailure | undefined,
): ProcessingFailure | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return WEIGHT[other.kind] > WEIGHT[one.kind] ? other : one;
}

const stopped = interrupted('PROCESSING_TIMEOUT', 'the process stopped');

/** Out of time with some of it done: the rest goes on at once, and has its own time. */
function outcomeOf({ failure, routed }: Parcels): ProcessingFailure | undefined {
  const goesOn = failure?.code === 'PROCESSING_TIMEOUT' && routed > 0;
  return goesOn ? interrupted(failure.code, failure.message) : failure;
}
