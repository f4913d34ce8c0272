import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type BreakerState } from '#platform/resilience/breaker';
import { ANSWER_BUCKETS, END_TO_END_BUCKETS, PROCESSING_BUCKETS, STORE_BUCKETS } from './buckets';
import { Children } from './children';
import { type Collect, Collectors } from './collectors';
import { SharedGauge } from './shared-gauge';

export interface MetricsSettings {
  /** Those of Node and the process; one set per process is enough. */
  readonly nodeMetrics?: boolean;
  readonly collectTimeoutMs?: number;
}

const BREAKER_STATES: Readonly<Record<BreakerState, number>> = { closed: 0, half_open: 1, open: 2 };

/** Label of requests to partners that do not exist: anybody can make up names, and each would be a series. */
export const UNKNOWN_PARTNER = 'unknown';

/** Everything this process measures, under one registry of its own. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly collectors: Collectors;

  private readonly requests = this.histogram(
    'http_request_duration_seconds',
    'From the head of a request to the end of its answer',
    ['route', 'method', 'status'],
    ANSWER_BUCKETS,
  );
  private readonly ackDuration = this.histogram(
    'ingest_ack_duration_seconds',
    'From the arrival of a webhook to its acknowledgement',
    [],
    ANSWER_BUCKETS,
  );
  private readonly journalWrites = this.histogram(
    'journal_write_duration_seconds',
    'One durable write of a group of events',
    [],
    STORE_BUCKETS,
  );
  private readonly processing = this.histogram(
    'processing_duration_seconds',
    'One attempt to apply an event',
    ['partner', 'outcome'],
    PROCESSING_BUCKETS,
  );
  private readonly endToEnd = this.histogram(
    'end_to_end_duration_seconds',
    'From the receipt of an event to its application',
    [],
    END_TO_END_BUCKETS,
  );
  private readonly ingestEvents = this.counter('ingest_events_total', 'Webhooks received, by outcome', [
    'partner',
    'outcome',
  ]);
  private readonly attempts = this.counter('processing_attempts_total', 'Attempts to apply an event', [
    'partner',
    'outcome',
  ]);
  private readonly requeued = this.counter(
    'reconciler_requeued_total',
    'Events that were left behind and brought into a batch again',
    [],
  );
  private readonly unmapped = this.counter(
    'unmapped_status_total',
    'Words of a partner that its status table does not know',
    ['partner'],
  );
  private readonly withoutRedis = this.counter(
    'decisions_without_redis_total',
    'Limits and nonces that a process decided on alone, Redis being away',
    ['about'],
  );
  private readonly breakers = this.gauge('breaker_state', '0 closed, 1 half open, 2 open', ['dependency']);
  private readonly poolInUse = this.gauge(
    'mongo_pool_in_use',
    'Connections to MongoDB that are lent out',
    [],
  );
  private readonly poolWaiting = this.gauge(
    'mongo_pool_waiting',
    'Operations that wait for a connection',
    [],
  );

  private readonly ingestChildren = new Children((partner, outcome) =>
    this.ingestEvents.labels(partner, outcome),
  );
  private readonly attemptChildren = new Children((partner, outcome) => ({
    count: this.attempts.labels(partner, outcome),
    duration: this.processing.labels(partner, outcome),
  }));

  /** Batches in the queue of a partner. */
  readonly queueJobs = this.shared('queue_jobs', 'Batches in the queue of a partner', ['partner', 'state']);
  readonly unjournaledJobs = this.shared(
    'unjournaled_jobs',
    'Batches of events that were taken without the journal and wait for it',
    ['state'],
  );
  readonly journalEvents = this.shared('journal_events', 'Events that are not finished yet', [
    'partner',
    'status',
  ]);
  readonly queueOldestWaiting = this.shared(
    'queue_oldest_waiting_seconds',
    'Age of the oldest event that is not finished yet',
    ['partner'],
  );
  readonly deadLetters = this.shared('dead_letters', 'Dead letters', ['partner', 'review_status']);
  readonly deadLetterOldestPending = this.shared(
    'dead_letter_oldest_pending_seconds',
    'Age of the oldest dead letter that nobody has reviewed',
    [],
  );

  constructor({ nodeMetrics = false, collectTimeoutMs = 1_000 }: MetricsSettings = {}) {
    this.collectors = new Collectors(collectTimeoutMs);
    if (nodeMetrics) collectDefaultMetrics({ register: this.registry });
  }

  /** One webhook request, whatever became of it. */
  ingested(partner: string, outcome: string): void {
    this.ingestChildren.of(partner, outcome).inc();
  }

  acknowledged(seconds: number): void {
    this.ackDuration.observe(seconds);
  }

  journalWritten(seconds: number): void {
    this.journalWrites.observe(seconds);
  }

  attemptEnded(partner: string, outcome: string, seconds: number): void {
    const { count, duration } = this.attemptChildren.of(partner, outcome);
    count.inc();
    duration.observe(seconds);
  }

  /** An event was applied so long after it was received. */
  applied(seconds: number): void {
    this.endToEnd.observe(seconds);
  }

  reconcilerRequeued(events: number): void {
    this.requeued.inc(events);
  }

  unmappedStatus(partner: string, words: number): void {
    this.unmapped.inc({ partner }, words);
  }

  decidedWithoutRedis(about: string): void {
    this.withoutRedis.inc({ about });
  }

  breakerState(dependency: string, state: BreakerState): void {
    this.breakers.set({ dependency }, BREAKER_STATES[state]);
  }

  mongoPool(inUse: number, waiting: number): void {
    this.poolInUse.set(inUse);
    this.poolWaiting.set(waiting);
  }

  /** Observes requests of one kind; asked once per route, method and status. */
  requestTimer(route: string, method: string, status: number): (seconds: number) => void {
    const child = this.requests.labels(route, method, String(status));
    return (seconds) => child.observe(seconds);
  }

  /** Runs at every scrape, to fill the gauges of shared state. */
  registerCollector(name: string, collect: Collect): void {
    this.collectors.add(name, collect);
  }

  /** The text that Prometheus reads. */
  async scrape(): Promise<string> {
    await this.collectors.run();
    return this.registry.metrics();
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name: `gateway_${name}`, help, labelNames, registers: [this.registry] });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name: `gateway_${name}`, help, labelNames, registers: [this.registry] });
  }

  private histogram<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    buckets: number[],
  ) {
    const options = { name: `gateway_${name}`, help, labelNames, buckets, registers: [this.registry] };
    return new Histogram<L>(options);
  }

  private shared<L extends string>(name: string, help: string, labelNames: readonly L[]): SharedGauge<L> {
    return new SharedGauge(this.registry, `gateway_${name}`, help, labelNames);
  }
}
