import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import { chunksOf } from '#platform/grouping/chunks';
import { RedisConnections } from '#platform/redis/redis-connections';
import { withTimeout } from '#platform/resilience/with-timeout';
import { agedPriority } from './aged-priority';
import { JOBS, type JobName, type Payload } from './catalogue';
import { type JobsSettings } from './jobs-settings';
import { eventsQueue, journalQueue, keyOf, type QueuePlace } from './queue-place';

/** The job is not in the queue, or nobody knows whether it is: enqueue it again under the same id. */
export class QueueUnavailableError extends Error {
  constructor(cause: unknown) {
    super('the queue cannot be reached', { cause });
  }
}

export interface EnqueueOptions {
  /** Named by the journal entries that the job carries; the same id is enqueued once. */
  readonly jobId: string;
  /** 1 to 10, lower is sooner; what waits rises with its age. */
  readonly priority: number;
  /** Since when what it carries waits; default: now. */
  readonly waitingSince?: Date;
  readonly delayMs?: number;
}

export type QueueCounts = Readonly<Record<'waiting' | 'active' | 'delayed', number>>;

/** A thousand at once would keep the process from everything else for a tenth of a second. */
const ASKED_TOGETHER = { maxItems: 50, maxSize: Infinity, sizeOf: () => 1 };
const UNFINISHED = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children']);

/** Puts jobs into the partners' queues. Every role can do this; it fails fast when Redis is away. */
@Injectable()
export class JobProducer implements OnApplicationShutdown {
  private readonly logger = new Logger('JobProducer');
  private readonly queues = new Map<string, Queue>();

  constructor(
    private readonly connections: RedisConnections,
    private readonly settings: JobsSettings,
  ) {}

  /** Calls made in one turn of the event loop share one round trip to Redis. */
  async enqueue<N extends JobName>(
    name: N,
    partnerId: string,
    payload: Payload<N>,
    options: EnqueueOptions,
  ): Promise<void> {
    const { queue, policy } = JOBS[name];
    await this.ask(this.place(queue, partnerId), (waiting) =>
      waiting.add(name, payload, {
        jobId: options.jobId,
        priority: agedPriority(options.priority, options.waitingSince?.getTime() ?? Date.now()),
        delay: options.delayMs ?? 0,
        attempts: policy.attempts,
        backoff: { type: 'fixed', delay: policy.backoffMs },
        removeOnComplete: true,
        removeOnFail: !policy.keepFailed,
      }),
    );
  }

  /** Which of these jobs, that name events of the journal, still wait or run. */
  async unfinished(partnerId: string, jobIds: readonly string[]): Promise<ReadonlySet<string>> {
    const place = eventsQueue(this.settings.queuePrefix, partnerId);
    const found = new Set<string>();
    for (const some of chunksOf(jobIds, ASKED_TOGETHER)) {
      const states = await this.ask(place, (queue) =>
        Promise.all(some.map((jobId) => queue.getJobState(jobId))),
      );
      some.forEach((jobId, at) => UNFINISHED.has(states[at] ?? 'unknown') && found.add(jobId));
    }
    return found;
  }

  /** Of a partner's queue. */
  counts(partnerId: string): Promise<QueueCounts> {
    return this.countsOf(eventsQueue(this.settings.queuePrefix, partnerId));
  }

  /** Batches of events that the journal does not have yet. */
  unjournaled(): Promise<QueueCounts> {
    return this.countsOf(journalQueue(this.settings.queuePrefix));
  }

  /** Of any queue. */
  async countsOf(place: QueuePlace): Promise<QueueCounts> {
    const counts = await this.ask(place, (queue) =>
      queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed'),
    );
    return {
      waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0),
      active: counts['active'] ?? 0,
      delayed: counts['delayed'] ?? 0,
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
  }

  private async ask<T>(place: QueuePlace, work: (queue: Queue) => Promise<T>): Promise<T> {
    try {
      // A new queue that waited for this itself would do what it was told when Redis is back, long after that was refused.
      await this.connections.producerStands(this.settings.enqueueTimeoutMs);
      return await withTimeout(work(this.queue(place)), this.settings.enqueueTimeoutMs, 'Redis');
    } catch (error) {
      throw new QueueUnavailableError(error);
    }
  }

  private place(name: QueuePlace['name'], partnerId: string): QueuePlace {
    const { queuePrefix } = this.settings;
    return name === 'journal' ? journalQueue(queuePrefix) : eventsQueue(queuePrefix, partnerId);
  }

  private queue(place: QueuePlace): Queue {
    const key = keyOf(place);
    const known = this.queues.get(key);
    if (known) return known;
    const { name, prefix, partnerId } = place;
    const queue = new Queue(name, { connection: this.connections.producer, prefix });
    // The connection itself reports that it is lost; a line per queue would only repeat it.
    queue.on('error', (error) => this.logger.debug({ err: error, partnerId }, 'queue error'));
    this.queues.set(key, queue);
    queue.waitUntilReady().catch(() => this.forget(key, queue));
    return queue;
  }

  /** A queue asks Redis for its version when it begins; where that failed, it rejects every call for good. */
  private forget(key: string, queue: Queue): void {
    if (this.queues.get(key) === queue) this.queues.delete(key);
    void queue.close().catch(() => undefined);
  }
}
