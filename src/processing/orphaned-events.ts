import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ofNobody } from '#domain/events/event-reading';
import { EventClaimsRepository } from '#domain/events/event-claims.repository';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { AttemptEnds } from './attempt-ends';
import { timesFor } from './batch-times';
import { judged } from './reading';

/** Events whose partner was removed in the moment that they came in: no worker takes from its queue any more. */
@Injectable()
export class OrphanedEvents {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly claims: EventClaimsRepository,
    private readonly ends: AttemptEnds,
  ) {}

  /** Whether this partner is gone, by what the database says now. */
  async areOf(partnerId: string): Promise<boolean> {
    if (this.partners.find(partnerId) !== undefined) return false;
    await this.partners.refreshed();
    return this.partners.find(partnerId) === undefined && !this.partners.isBroken(partnerId);
  }

  /**
   * Ends them without the queue, as dead letters; where the partner comes back, they can be replayed. `goOn` is asked
   * before each: false leaves the rest as it is.
   */
  async end(events: readonly { readonly eventId: string }[], goOn: () => Promise<boolean>): Promise<void> {
    const { leaseMs } = timesFor(undefined);
    for (const { eventId } of events) {
      if (!(await goOn())) return;
      const claim = await this.claims.claimOne(eventId, leaseMs, randomUUID());
      const readings = claim.events.map((event) => judged(event, ofNobody(event)));
      await this.ends.record(claim, readings, new Map());
    }
  }
}
