import { Injectable, Logger } from '@nestjs/common';
import { type NewInboundEvent } from '#domain/events/inbound-event';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { JobProducer } from '#platform/jobs/job-producer';
import { OpenBreakerError } from '#platform/resilience/breaker';
import { withTimeout } from '#platform/resilience/with-timeout';
import { MongoBreaker } from '#platform/store-breakers/mongo-breaker';
import { RedisBreaker } from '#platform/store-breakers/redis-breaker';
import { Metrics } from '#platform/telemetry/metrics';
import { type Batch, planBatches, splitByBytes } from './batches';
import { carryEvent } from './carry-event';

/** What the gateway promises about an event. */
export interface Receipt {
  readonly duplicate: boolean;
  /** When the first copy came in. */
  readonly receivedAt: Date;
  readonly queued: boolean;
  readonly journaled: boolean;
}

/** By the event itself; what is not in it is not kept, or nobody knows. */
export type Receipts = Map<NewInboundEvent, Receipt>;

/** Part of the remaining time that the journal may use; the rest is the queue's. */
const JOURNAL_SHARE = 0.6;
const MIN_JOURNAL_MS = 50;
/** In base64 and with its envelope a job stays below 1 MiB. */
const MAX_CARRIED_BYTES = 700 * 1024;

/** Makes the events of a group durable: one journal write, then one queue job per partner and priority. */
@Injectable()
export class GroupWriter {
  private readonly logger = new Logger('GroupWriter');

  constructor(
    private readonly journal: InboundEventRepository,
    private readonly producer: JobProducer,
    private readonly metrics: Metrics,
    private readonly mongo: MongoBreaker,
    private readonly redis: RedisBreaker,
  ) {}

  /** Journal first, so that a job never names an event that the journal lacks; without it, the queue alone. */
  async write(events: readonly NewInboundEvent[], remainingMs: number): Promise<Receipts> {
    const deadline = performance.now() + remainingMs;
    const batches = planBatches(events);
    const receipts: Receipts = new Map();
    const journaled = await this.keep(batches, remainingMs, receipts);
    const queueing = batches.map((batch) =>
      journaled ? this.enqueue(batch, receipts) : this.carry(batch, receipts),
    );
    await untilDeadline(Promise.all(queueing), deadline);
    return receipts;
  }

  /** False where the journal did not take the group, or nobody knows whether it did. */
  private async keep(batches: readonly Batch[], remainingMs: number, receipts: Receipts): Promise<boolean> {
    try {
      await this.mongo.run(() => this.journalAll(batches, remainingMs, receipts));
      return true;
    } catch (error) {
      // The breaker reports an outage, once; anything else is a fault of ours.
      if (!(error instanceof OpenBreakerError) && !this.mongo.isOpen)
        this.logger.error({ err: error }, 'the journal does not take a group of events');
      return false;
    }
  }

  private async journalAll(
    batches: readonly Batch[],
    remainingMs: number,
    receipts: Receipts,
  ): Promise<void> {
    const entries = batches.flatMap(({ jobId, events }) => events.map((event) => ({ event, jobId })));
    const startedAt = performance.now();
    const journalMs = Math.max(MIN_JOURNAL_MS, remainingMs * JOURNAL_SHARE);
    // The call is given the same time; a driver that does not come back must not hold the answer.
    const writing = this.journal.insertAll(entries, journalMs);
    const journaled = await withTimeout(writing, journalMs, 'the journal');
    this.metrics.journalWritten((performance.now() - startedAt) / 1000);
    for (const [index, { event }] of entries.entries()) {
      const outcome = journaled[index];
      if (outcome?.duplicate === true) {
        // Its first copy is journaled; if that one is not queued, the reconciler sees to it.
        receipts.set(event, {
          duplicate: true,
          receivedAt: outcome.receivedAt,
          queued: true,
          journaled: true,
        });
      } else {
        receipts.set(event, {
          duplicate: false,
          receivedAt: event.receivedAt,
          queued: false,
          journaled: true,
        });
      }
    }
  }

  /** All batches of a group share one round trip. */
  private async enqueue({ jobId, partnerId, priority, events }: Batch, receipts: Receipts): Promise<void> {
    const fresh = events.filter((event) => receipts.get(event)?.duplicate === false);
    if (fresh.length === 0) return;
    const eventIds = fresh.map(({ eventId }) => eventId);
    try {
      await this.redis.run(() =>
        this.producer.enqueue('process-batch', partnerId, { v: 1, partnerId, eventIds }, { jobId, priority }),
      );
    } catch (error) {
      // The journal alone is enough: the reconciler enqueues what it finds there unclaimed.
      this.logger.debug({ err: error, partnerId, jobId }, 'batch was journaled but not queued');
      return;
    }
    for (const event of fresh) {
      receipts.set(event, { duplicate: false, receivedAt: event.receivedAt, queued: true, journaled: true });
    }
  }

  /** Whole events through the queue: whether one is a duplicate shows only when it is journaled. */
  private async carry(batch: Batch, receipts: Receipts): Promise<void> {
    const { partnerId, priority } = batch;
    for (const { jobId, events } of splitByBytes(batch, MAX_CARRIED_BYTES)) {
      const payload = { v: 1 as const, partnerId, events: events.map(carryEvent) };
      try {
        await this.redis.run(() =>
          this.producer.enqueue('journal-batch', partnerId, payload, { jobId, priority }),
        );
      } catch (error) {
        this.logger.debug({ err: error, partnerId, jobId }, 'neither store took a batch');
        continue;
      }
      for (const event of events) {
        receipts.set(event, {
          duplicate: false,
          receivedAt: event.receivedAt,
          queued: true,
          journaled: false,
        });
      }
    }
  }
}

/** What is not queued when the answer is due is answered by what is known then. */
async function untilDeadline(work: Promise<unknown>, deadline: number): Promise<void> {
  const remainingMs = Math.max(0, deadline - performance.now());
  await withTimeout(work, remainingMs, 'the queue').catch(() => undefined);
}
