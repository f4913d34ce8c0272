import { Injectable } from '@nestjs/common';
import { type OverdueEvent, OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { chunksOf } from '#platform/grouping/chunks';
import { groupBy } from '#platform/grouping/group-by';
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from '#platform/jobs/catalogue';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer } from '#platform/jobs/job-producer';
import { Metrics } from '#platform/telemetry/metrics';
import { DeadLetterWriter } from './dead-letter-writer';
import { OrphanedEvents } from './orphaned-events';
import { BatchSizes } from './routing/batch-sizes';

const PAGE = 1_000;
/** Bounds how long a round takes. */
const MAX_PAGES = 5;
/** Looked at together: their jobs are asked after, and what has none is put into new batches. */
const LOOKED_AT_TOGETHER = { maxItems: 100, maxSize: Infinity, sizeOf: () => 1 };

const limitsOf = (maxItems: number) => ({
  maxItems,
  maxSize: MAX_BATCH_BYTES,
  sizeOf: ({ bodyBytes }: OverdueEvent) => bodyBytes,
});

/** Asked between two steps: false ends the round. */
type GoOn = () => Promise<boolean>;

/**
 * Finds journal entries that should have moved on and did not (a crash between two writes, a lease that ran
 * out, a flushed Redis) and gives them a new batch, or the dead letter that they lack. Any number of processes
 * may do this at once: each entry is moved by one of them.
 */
@Injectable()
export class Reconciler {
  constructor(
    private readonly overdue: OverdueEventRepository,
    private readonly producer: JobProducer,
    private readonly deadLetters: DeadLetterWriter,
    private readonly orphans: OrphanedEvents,
    private readonly sizes: BatchSizes,
    private readonly metrics: Metrics,
  ) {}

  /**
   * One round: gives how many events were put into new batches; after `enough` of them the rest is left to the next.
   */
  async reconcile(goOn: GoOn, enough: number = Infinity): Promise<number> {
    let requeued = 0;
    for (let page = 0; page < MAX_PAGES && requeued < enough && (await goOn()); page += 1) {
      const found = await this.overdue.find(PAGE);
      // First, for this needs no queue.
      await this.writeDeadLetters(found.filter(({ givenUp }) => givenUp));
      const open = found.filter(({ givenUp }) => !givenUp);
      for (const [partnerId, events] of groupBy(open, (event) => event.partnerId)) {
        if (requeued >= enough || !(await goOn())) return requeued;
        if (await this.orphans.areOf(partnerId)) await this.orphans.end(events, goOn);
        else requeued += await this.settle(partnerId, events, enough - requeued);
      }
      if (found.length < PAGE) break;
    }
    return requeued;
  }

  private async settle(partnerId: string, events: readonly OverdueEvent[], enough: number): Promise<number> {
    let requeued = 0;
    for (const some of chunksOf(events, LOOKED_AT_TOGETHER)) {
      if (requeued >= enough) break;
      requeued += await this.settleSome(partnerId, some, enough - requeued);
    }
    return requeued;
  }

  /** Overdue entries of one partner: a job is asked after once, however many of them it carries. */
  private async settleSome(
    partnerId: string,
    events: readonly OverdueEvent[],
    enough: number,
  ): Promise<number> {
    const jobIds = new Set(events.filter(({ leaseRanOut }) => !leaseRanOut).map(({ jobId }) => jobId));
    const alive = await this.producer.unfinished(partnerId, [...jobIds]);
    const waits = (event: OverdueEvent): boolean => !event.leaseRanOut && alive.has(event.jobId);
    const waiting = events.filter(waits).map(({ eventId }) => eventId);
    if (waiting.length > 0) await this.overdue.keepWaiting(waiting);
    let requeued = 0;
    const lost = events.filter((event) => !waits(event));
    const maxEvents = this.sizes.maxEventsOf(partnerId);
    for (const batch of batches(lost.slice(0, enough), maxEvents)) requeued += await this.requeueBatch(batch);
    return requeued;
  }

  private async writeDeadLetters(events: readonly OverdueEvent[]): Promise<void> {
    for (const part of chunksOf(events, limitsOf(MAX_BATCH_EVENTS))) {
      await this.deadLetters.write(part.map(({ eventId }) => eventId));
    }
  }

  private async requeueBatch(batch: readonly OverdueEvent[]): Promise<number> {
    const [first] = batch;
    if (first === undefined) return 0;
    const { partnerId, priority, receivedAt: waitingSince } = first;
    const jobId = newJobId();
    // The entries name the new job before it exists: a crash in between only makes them overdue again.
    const eventIds = await this.overdue.moveTo(
      jobId,
      batch.map(({ eventId }) => eventId),
    );
    if (eventIds.length === 0) return 0;
    await this.producer.enqueue(
      'process-batch',
      partnerId,
      { v: 1, partnerId, eventIds: [...eventIds] },
      { jobId, priority, waitingSince },
    );
    this.metrics.reconcilerRequeued(eventIds.length);
    return eventIds.length;
  }
}

/** Batches of one priority, none above the size of a job. */
function* batches(events: readonly OverdueEvent[], maxEvents: number): Generator<readonly OverdueEvent[]> {
  for (const group of groupBy(events, ({ priority }) => priority).values())
    yield* chunksOf(group, limitsOf(maxEvents));
}
