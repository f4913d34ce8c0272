import { Injectable } from '@nestjs/common';
import { type Claim, EventWorkRepository } from '#domain/events/event-work.repository';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob } from '#platform/jobs/handles-job';
import { AttemptEnds } from './attempt-ends';
import { EventApplier } from './event-applier';
import { readEvent, type Reading } from './map-event';
import { ProcessingSettings } from './processing-settings';

/**
 * One batch from claim to end: claimed, read, applied and finished with one write each, while its events
 * succeed and fail one by one. What is not claimed here is done already, or somebody else's.
 */
@HandlesJob('process-batch')
@Injectable()
export class ProcessBatch implements Handles<'process-batch'> {
  constructor(
    private readonly work: EventWorkRepository,
    private readonly partners: PartnerDirectory,
    private readonly applier: EventApplier,
    private readonly ends: AttemptEnds,
    private readonly settings: ProcessingSettings,
  ) {}

  readonly handle = async ({ partnerId, eventIds }: Payload<'process-batch'>): Promise<void> => {
    this.refuseWithoutRules(partnerId);
    const startedAt = new Date();
    const claim = await this.work.claim(eventIds, this.settings.leaseMs);
    if (claim.events.length === 0) return;
    const readings = await this.read(claim);
    const failures = await this.applier.apply(readings);
    await this.ends.record(claim, readings, failures, startedAt);
  };

  /** A fault of ours is no event's fault: nothing is claimed, and the events come back by themselves. */
  private refuseWithoutRules(partnerId: string): void {
    const known = this.partners.find(partnerId) !== undefined;
    if (known || (this.partners.loaded && !this.partners.isBroken(partnerId))) return;
    throw new Error(`the rules of partner "${partnerId}" cannot be used now`);
  }

  /** One after the other: together they would not be done sooner, and a slow mapping would eat the others' time. */
  private async read(claim: Claim): Promise<readonly Reading[]> {
    const readings: Reading[] = [];
    for (const event of claim.events) {
      const { canonicalRules } = this.partners;
      const rules =
        event.format === 'canonical' ? canonicalRules : this.partners.find(event.partnerId)?.rules;
      readings.push(await readEvent(event, rules));
    }
    return readings;
  }
}
