import { Injectable } from '@nestjs/common';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob, type JobFacts } from '#platform/jobs/handles-job';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer } from '#platform/jobs/job-producer';
import { StoreOutage } from './store-outage';
import { uncarryEvent } from './uncarry-event';

const JOURNAL_TIMEOUT_MS = 10_000;

/**
 * Events that were acknowledged while the journal could not be reached: journaled now, and then in their partner's queue
 * like all others. What the journal has already (it may have taken the write whose answer was lost) stays as it is.
 */
@HandlesJob('journal-batch')
@Injectable()
export class JournalBatch implements Handles<'journal-batch'> {
  constructor(
    private readonly journal: InboundEventRepository,
    private readonly producer: JobProducer,
    private readonly outage: StoreOutage,
  ) {}

  readonly handle = async (
    { partnerId, events }: Payload<'journal-batch'>,
    _job: JobFacts,
    signal: AbortSignal,
  ): Promise<void> => {
    const jobId = newJobId();
    const entries = events.map((event) => ({ event: uncarryEvent(partnerId, event), jobId }));
    const [first] = entries;
    if (first === undefined) return;
    await this.outage.outlast(signal, () => this.journal.insertAll(entries, JOURNAL_TIMEOUT_MS));
    const eventIds = events.map(({ eventId }) => eventId);
    const { priority, receivedAt: waitingSince } = first.event;
    // From here on the journal is enough: the reconciler enqueues what it finds there.
    await this.producer
      .enqueue('process-batch', partnerId, { v: 1, partnerId, eventIds }, { jobId, priority, waitingSince })
      .catch(() => undefined);
  };
}
