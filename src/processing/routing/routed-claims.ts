import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Claim, EventClaimsRepository } from '#domain/events/event-claims.repository';
import { type InboundEvent } from '#domain/events/inbound-event';
import { together } from '#platform/grouping/together';
import { StoreOutage } from '../store-outage';
import { RoutedEvents } from './routed-events';

type ClaimIds = (eventIds: readonly string[]) => Promise<Claim>;

/** Slots become free one by one, and often at the same moment: the claims for them share an update. */
@Injectable()
export class RoutedClaims {
  private readonly byLeaseMs = new Map<number, ClaimIds>();

  constructor(
    private readonly claims: EventClaimsRepository,
    private readonly outage: StoreOutage,
    private readonly work: RoutedEvents,
  ) {}

  /** Those of these events that may be worked on now. Rejects where the process stops in an outage. */
  claim(eventIds: readonly string[], leaseMs: number): Promise<Claim> {
    let claim = this.byLeaseMs.get(leaseMs);
    if (claim === undefined) {
      claim = together((wanted) => this.claimAll(wanted, leaseMs));
      this.byLeaseMs.set(leaseMs, claim);
    }
    return claim(eventIds);
  }

  private async claimAll(wanted: readonly (readonly string[])[], leaseMs: number): Promise<readonly Claim[]> {
    const eventIds = [...new Set(wanted.flat())];
    // One lease for all tries: after an outage what the first of them held is taken up again.
    const lease = randomUUID();
    const claim = await this.outage.outlast(this.work.stopSignal, () =>
      this.claims.claim(eventIds, leaseMs, lease),
    );
    const claimed = new Map(claim.events.map((event) => [event.eventId, event]));
    return wanted.map((ids) => ({ ...claim, events: ids.flatMap((id) => taken(claimed, id)) }));
  }
}

/** Once: two jobs may carry the same event. */
function taken(claimed: Map<string, InboundEvent>, eventId: string): readonly InboundEvent[] {
  const event = claimed.get(eventId);
  claimed.delete(eventId);
  return event === undefined ? [] : [event];
}
