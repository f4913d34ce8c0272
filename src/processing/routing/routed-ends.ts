import { Injectable } from '@nestjs/common';
import { type Claim } from '#domain/events/event-claims.repository';
import { groupBy } from '#platform/grouping/group-by';
import { together } from '#platform/grouping/together';
import { AttemptEnds } from '../attempt-ends';
import { type ProcessingFailure } from '../processing-failure';
import { type Reading } from '../reading';
import { StoreOutage } from '../store-outage';

/** How the attempt at one event of a claim ended. */
export interface RoutedEnd {
  readonly claim: Claim;
  readonly reading: Reading;
  readonly failure: ProcessingFailure | undefined;
  /** Aborted when an outage of MongoDB is not to be waited for. */
  readonly signal: AbortSignal;
}

/**
 * Events that were claimed together often end at the same moment, and share their writes. With an update for each
 * MongoDB is busiest just when the slots are free, and the claims of those that come next wait behind it.
 */
@Injectable()
export class RoutedEnds {
  /** Resolves when the end is written down; rejects where one of the same moment cannot be. */
  readonly record = together(async (ends: readonly RoutedEnd[]) => {
    const byLease = groupBy(ends, ({ claim }) => claim.lease);
    await Promise.all([...byLease.values()].map((alike) => this.recordAlike(alike)));
    return ends.map(() => undefined);
  });

  constructor(
    private readonly ends: AttemptEnds,
    private readonly outage: StoreOutage,
  ) {}

  private async recordAlike(alike: readonly RoutedEnd[]): Promise<void> {
    const [first] = alike;
    if (first === undefined) return;
    const readings = alike.map(({ reading }) => reading);
    const failures = new Map(
      alike.flatMap(({ reading, failure }) => (failure ? [[reading.event.eventId, failure]] : [])),
    );
    await this.outage.outlast(first.signal, () => this.ends.record(first.claim, readings, failures));
  }
}
