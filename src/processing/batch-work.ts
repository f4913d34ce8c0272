import { Injectable } from '@nestjs/common';
import { type Claim, EventWorkRepository } from '#domain/events/event-work.repository';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { AttemptEnds } from './attempt-ends';
import { EventApplier } from './event-applier';
import { readEvent, type Reading } from './map-event';
import { ProcessingSettings } from './processing-settings';

/**
 * One batch from claim to end: claimed, read, applied and finished with one write each, while its events
 * succeed and fail one by one. What is not claimed here is done already, or somebody else's.
 */
@Injectable()
export class BatchWork {
  constructor(
    private readonly events: EventWorkRepository,
    private readonly partners: PartnerDirectory,
    private readonly applier: EventApplier,
    private readonly ends: AttemptEnds,
    private readonly settings: ProcessingSettings,
  ) {}

  /** May be done again under the same lease: it goes on with what is not finished. */
  async do(eventIds: readonly string[], lease: string): Promise<void> {
    const startedAt = new Date();
    const claim = await this.events.claim(eventIds, this.settings.leaseMs, lease);
    if (claim.events.length === 0) return;
    const readings = await this.read(claim);
    const failures = await this.applier.apply(readings);
    await this.ends.record(claim, readings, failures, startedAt);
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
