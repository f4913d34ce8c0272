import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { type Job, WaitingError, Worker } from 'bullmq';
import { RedisConnections } from '#platform/redis/redis-connections';
import { TimeoutError, withTimeout } from '#platform/resilience/with-timeout';
import { type BackgroundWork } from './background-work';
import { JobDispatcher } from './job-dispatcher';
import { JobProducer } from './job-producer';
import { type JobsSettings } from './jobs-settings';
import { eventsQueue, journalQueue, keyOf, type QueuePlace } from './queue-place';
import { ReturnJobError } from './return-job.error';

/**
 * A lost lock costs nothing but a second look at the job (the lease in the journal is the right to work), so
 * locks are short and a job whose worker died is taken up soon.
 */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5_000;
/** However many workers died over a job: it may be all that holds its events. Who kills workers is found by its event. */
const MAX_STALLED = 1_000_000;
/** What aborted jobs get to give back what they hold. */
const ABORT_GRACE_MS = 1_000;

/** How often idle workers are looked after. */
const LOOK_EVERY_MS = 5_000;

interface Consumer {
  readonly place: QueuePlace;
  readonly worker: Worker;
  /** Jobs that it began; the same at two looks, with jobs waiting and none running: it fell silent. */
  begun: number;
  running: number;
  suspect?: number;
  /** Set once it takes no more jobs; settles when its running ones are done. */
  closing?: Promise<void>;
}

/** Each journals up to 100 events with one write. */
const JOURNAL_JOBS_UNDER_WAY = 4;

/**
 * One worker per partner, opened and closed while the process runs, and one for what has to be journaled. Nothing is
 * consumed before `start`, and running jobs are drained before queues and stores close.
 */
@Injectable()
export class JobWorkers implements BeforeApplicationShutdown {
  private readonly logger = new Logger('JobWorkers');
  /** Also those that are closing: whoever stops the process waits for their jobs too. */
  private readonly consumers = new Set<Consumer>();
  private readonly background = new Set<BackgroundWork>();
  private consuming = false;
  private watch: NodeJS.Timeout | undefined;

  constructor(
    private readonly connections: RedisConnections,
    private readonly dispatcher: JobDispatcher,
    private readonly producer: JobProducer,
    private readonly settings: JobsSettings,
  ) {}

  /** Throws when a job of the catalogue has no handler. */
  start(): void {
    this.dispatcher.seal();
    this.consuming = true;
    this.openQueue(journalQueue(this.settings.queuePrefix), JOURNAL_JOBS_UNDER_WAY);
    this.watch = setInterval(() => void this.replaceSilent(), LOOK_EVERY_MS).unref();
  }

  /** From now on a stop waits for this work as it does for jobs. */
  attach(work: BackgroundWork): void {
    this.background.add(work);
  }

  /** Takes jobs of this partner, `concurrency` at a time; a second call only changes the concurrency. */
  open(partnerId: string, concurrency: number): void {
    this.openQueue(eventsQueue(this.settings.queuePrefix, partnerId), concurrency);
  }

  /** Takes no more jobs of this partner; resolves when its running ones are done, whoever closed it first. */
  async close(partnerId: string): Promise<void> {
    const place = eventsQueue(this.settings.queuePrefix, partnerId);
    await Promise.all(this.of(place).map((consumer) => this.end(consumer)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.consuming = false;
    clearInterval(this.watch);
    for (const work of this.background) work.stopBeginning();
    const consumers = [...this.consumers];
    const drained = Promise.all(consumers.map((consumer) => this.end(consumer))).then(() =>
      Promise.all([...this.background].map((work) => work.drained())),
    );
    try {
      await withTimeout(drained, this.settings.drainTimeoutMs, 'draining the running jobs');
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      this.logger.warn(`running jobs did not end in ${this.settings.drainTimeoutMs} ms; aborting them`);
      for (const { worker } of consumers) worker.cancelAllJobs('the process must end');
      for (const work of this.background) work.abort();
      await withTimeout(drained, ABORT_GRACE_MS, 'aborting the running jobs').catch(() => undefined);
    }
  }

  private openQueue(place: QueuePlace, concurrency: number): void {
    if (!this.consuming) return;
    const open = this.of(place).find(({ closing }) => closing === undefined);
    if (open) open.worker.concurrency = concurrency;
    else this.consumers.add(this.consumerOf(place, concurrency));
  }

  private of(place: QueuePlace): readonly Consumer[] {
    return [...this.consumers].filter((consumer) => keyOf(consumer.place) === keyOf(place));
  }

  /** Without Redis a worker waits for it even to close: where no job runs, there is nothing worth the wait. */
  private end(consumer: Consumer): Promise<void> {
    const force = consumer.running === 0 && !this.connections.consumerStands;
    return (consumer.closing ??= consumer.worker.close(force).finally(() => this.consumers.delete(consumer)));
  }

  /**
   * A worker that lost its connection at a bad moment may stay idle for good, and says nothing: what shows it is
   * that jobs wait and none is begun. Never rejects: with Redis away there is nothing to see.
   */
  private async replaceSilent(): Promise<void> {
    const idle = [...this.consumers].filter(({ running, closing }) => running === 0 && closing === undefined);
    await Promise.allSettled(idle.map((consumer) => this.replaceIfSilent(consumer)));
  }

  private async replaceIfSilent(consumer: Consumer): Promise<void> {
    const { place, begun, worker } = consumer;
    const { waiting } = await this.producer.countsOf(place);
    const silent = waiting > 0 && consumer.running === 0 && consumer.begun === begun;
    if (!silent || consumer.suspect !== begun) {
      if (silent) consumer.suspect = begun;
      else delete consumer.suspect;
      return;
    }
    if (consumer.closing !== undefined || !this.consuming) return;
    const { name: queue, partnerId } = place;
    this.logger.warn({ partnerId, queue, waiting }, 'jobs wait and none is begun: the worker is replaced');
    this.consumers.delete(consumer);
    this.consumers.add(this.consumerOf(place, worker.concurrency));
    await worker.close(true);
  }

  private consumerOf(place: QueuePlace, concurrency: number): Consumer {
    const worker = this.createWorker(place, concurrency, async (work) => {
      consumer.begun += 1;
      consumer.running += 1;
      await work().finally(() => (consumer.running -= 1));
    });
    const consumer: Consumer = { place, worker, begun: 0, running: 0 };
    return consumer;
  }

  private async dispatch(job: Job<unknown>, token: string | undefined, signal: AbortSignal): Promise<void> {
    try {
      await this.dispatcher.dispatch(job, signal);
    } catch (error) {
      if (!(error instanceof ReturnJobError)) throw error;
      await job.moveToWait(token);
      throw new WaitingError();
    }
  }

  private createWorker(
    { prefix, name, partnerId }: QueuePlace,
    concurrency: number,
    count: (work: () => Promise<void>) => Promise<void>,
  ): Worker {
    // BullMQ hands the signal only to a function that declares three parameters.
    const worker = new Worker<unknown>(
      name,
      (job, token, signal) => count(() => this.dispatch(job, token, signal ?? new AbortController().signal)),
      {
        connection: this.connections.consumer,
        prefix,
        concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_CHECK_MS,
        maxStalledCount: MAX_STALLED,
      },
    );
    worker.on('error', (error) => this.logger.debug({ err: error, partnerId }, 'worker error'));
    worker.on('failed', (job, error) => {
      this.logger.warn({ err: error, partnerId, jobId: job?.id, job: job?.name }, 'batch failed');
    });
    return worker;
  }
}
