import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { Grouping, type Outcome } from '#platform/grouping/grouping';
import { withEither } from '#platform/resilience/with-either';
import { BatchWork } from './batch-work';
import { timesFor } from './batch-times';
import { StoreOutage } from './store-outage';

/** The events of one job. */
interface Batch {
  readonly eventIds: readonly string[];
  readonly signal: AbortSignal;
}

/** Beyond this the writes of a group cost hardly less per event, and its slowest event holds more others. */
const MAX_EVENTS = 256;
/** One is read while the stores write the other. */
const MAX_GROUPS_UNDER_WAY = 2;
/** Few large groups cost least: one job alone waits for the group that is under way. */
const MIN_JOBS_BESIDE = 2;

/**
 * Lets the batches of one partner that wait at the same moment be worked on as one: each step is one write however
 * many jobs brought the events. A lone batch begins at once.
 */
@Injectable()
export class BatchGroups {
  private readonly byPartner = new Map<string, Grouping<Batch, void>>();

  constructor(
    private readonly partners: PartnerDirectory,
    private readonly work: BatchWork,
    private readonly outage: StoreOutage,
  ) {}

  /** Resolves when all events of the batch have come to an end, or to another job. */
  do(partnerId: string, batch: Batch): Promise<void> {
    let grouping = this.byPartner.get(partnerId);
    if (grouping === undefined) {
      grouping = this.groupingOf(partnerId);
      this.byPartner.set(partnerId, grouping);
    }
    return grouping.add(batch);
  }

  private groupingOf(partnerId: string): Grouping<Batch, void> {
    return new Grouping({
      run: (batches) => this.doTogether(partnerId, batches),
      sizeOf: ({ eventIds }) => eventIds.length,
      maxItems: Infinity,
      maxSize: MAX_EVENTS,
      maxInFlight: MAX_GROUPS_UNDER_WAY,
      minItemsBeside: MIN_JOBS_BESIDE,
      maxWaitingItems: Infinity,
      maxWaitingSize: Infinity,
    });
  }

  private async doTogether(partnerId: string, batches: readonly Batch[]): Promise<readonly Outcome<void>[]> {
    const eventIds = [...new Set(batches.flatMap((batch) => batch.eventIds))];
    const signals = batches.map(({ signal }) => signal);
    const times = timesFor(this.partners.find(partnerId));
    // One lease for all tries: after an outage the group takes up again what it held.
    const lease = randomUUID();
    await withEither(signals, (signal) =>
      this.outage.outlast(signal, () => this.work.do(eventIds, times, { lease, signal })),
    );
    return batches.map(() => ({ ok: true, value: undefined }));
  }
}
