import { Injectable } from '@nestjs/common';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob } from '#platform/jobs/handles-job';
import { uncarryEvent } from './carried-event';
import { ProcessBatch } from './process-batch.handler';
import { StoreOutage } from './store-outage';

const JOURNAL_TIMEOUT_MS = 10_000;

/**
 * Events that were acknowledged while the journal could not be reached: journaled first, then worked on like
 * all others. What the journal has already (it may have taken the write whose answer was lost) stays as it is.
 */
@HandlesJob('journal-batch')
@Injectable()
export class JournalBatch implements Handles<'journal-batch'> {
  constructor(
    private readonly journal: InboundEventRepository,
    private readonly processBatch: ProcessBatch,
    private readonly outage: StoreOutage,
  ) {}

  readonly handle = async (
    { partnerId, events }: Payload<'journal-batch'>,
    jobId: string,
    signal: AbortSignal,
  ): Promise<void> => {
    const entries = events.map((event) => ({ event: uncarryEvent(partnerId, event), jobId }));
    await this.outage.outlast(signal, () => this.journal.insertAll(entries, JOURNAL_TIMEOUT_MS));
    const eventIds = events.map(({ eventId }) => eventId);
    await this.processBatch.handle({ v: 1, partnerId, eventIds }, jobId, signal);
  };
}
