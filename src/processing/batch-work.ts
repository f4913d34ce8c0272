import { Injectable } from '@nestjs/common';
import { type Claim, EventClaimsRepository } from '#domain/events/event-claims.repository';
import { AttemptEnds } from './attempt-ends';
import { type BatchTimes } from './batch-times';
import { EventApplier } from './event-applier';
import { EventReader } from './event-reader';
import { interrupted } from './processing-failure';
import { type Reading, unread } from './reading';
import { Suspects } from './suspects';

/** Applying takes its time, too. */
const READING_SHARE = 0.5;

/**
 * One batch from claim to end: claimed, read, applied and finished with one write each (more only where it is too
 * large for that), while its events succeed and fail one by one. What is not claimed here is done already, or
 * somebody else's.
 */
@Injectable()
export class BatchWork {
  constructor(
    private readonly claims: EventClaimsRepository,
    private readonly reader: EventReader,
    private readonly applier: EventApplier,
    private readonly ends: AttemptEnds,
    private readonly suspects: Suspects,
  ) {}

  /** May be done again under the same lease: it goes on with what is not finished. */
  async do(
    eventIds: readonly string[],
    times: BatchTimes,
    { lease, signal }: { readonly lease: string; readonly signal: AbortSignal },
  ): Promise<void> {
    const open = new Set(eventIds);
    let hasMore = true;
    while (hasMore) {
      const claim = await this.claims.claimPortion([...open], times.leaseMs, lease);
      await this.apply(claim, times, signal);
      for (const { eventId } of claim.events) open.delete(eventId);
      ({ hasMore } = claim);
    }
    if (open.size === 0) return;
    const claims = { leaseMs: times.leaseMs, lease, signal };
    const suspects = await this.suspects.among([...open], lease);
    await this.suspects.each(suspects, claims, (one) => this.apply(one, times, signal));
  }

  private async apply(claim: Claim, { attemptMs }: BatchTimes, signal: AbortSignal): Promise<void> {
    if (claim.events.length === 0) return;
    const readings = await this.reader.read(claim.events, { withinMs: attemptMs * READING_SHARE, signal });
    const failures = await this.applier.apply(readings);
    await this.ends.record(claim, [...readings, ...leftOver(claim, readings)], failures);
  }
}

/** Slow mappings must not make the others overstay their lease, nor hold up a stop. */
const leftOver = ({ events }: Claim, readings: readonly Reading[]): readonly Reading[] =>
  events.slice(readings.length).map((event) => unread(event, noTime));

const noTime = interrupted(
  'PROCESSING_TIMEOUT',
  'the time of its batch was over, or the process stopped, before its turn came',
);
