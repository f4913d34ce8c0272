import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type DeadLetterCount,
  DeadLetterListRepository,
} from '#domain/dead-letters/dead-letter-list.repository';
import { EventReviewRepository, type UnfinishedCount } from '#domain/events/event-review.repository';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { JobProducer } from '#platform/jobs/job-producer';
import { Metrics } from '#platform/telemetry/metrics';
import { KeptFigures } from './kept-figures';

/** Counting walks every unfinished entry and every dead letter; a scrape more or less must not matter. */
const KEEP_FIGURES_MS = 15_000;

const secondsSince = (date: Date): number => Math.max(0, (Date.now() - date.getTime()) / 1000);

/**
 * Shows shared state at every scrape of a worker: the same figures by each, so take the maximum. What MongoDB
 * counts may be some seconds old; ages go on meanwhile.
 */
@Injectable()
export class StateGauges implements OnModuleInit {
  private readonly unfinished: KeptFigures<readonly UnfinishedCount[]>;
  private readonly letters: KeptFigures<readonly DeadLetterCount[]>;

  constructor(
    private readonly metrics: Metrics,
    private readonly partners: PartnerDirectory,
    private readonly producer: JobProducer,
    events: EventReviewRepository,
    deadLetters: DeadLetterListRepository,
  ) {
    this.unfinished = new KeptFigures(() => events.unfinished(), KEEP_FIGURES_MS);
    this.letters = new KeptFigures(() => deadLetters.counts(), KEEP_FIGURES_MS);
  }

  onModuleInit(): void {
    this.metrics.registerCollector('queues', () => this.showQueues());
    this.metrics.registerCollector('journal', async () => this.showJournal(await this.unfinished.get()));
    this.metrics.registerCollector('dead letters', async () =>
      this.showDeadLetters(await this.letters.get()),
    );
  }

  private async showQueues(): Promise<void> {
    const rows = await Promise.all(
      this.partners.all().map(async ({ id: partner }) => {
        const counts = await this.producer.counts(partner);
        return Object.entries(counts).map(([state, value]) => ({ partner, state, value }));
      }),
    );
    this.metrics.queueJobs.replace(rows.flat());
    const unjournaled = Object.entries(await this.producer.unjournaled());
    this.metrics.unjournaledJobs.replace(unjournaled.map(([state, value]) => ({ state, value })));
  }

  private showJournal(counts: readonly UnfinishedCount[]): void {
    this.metrics.journalEvents.replace(
      counts.map(({ partnerId, status, count }) => ({ partner: partnerId, status, value: count })),
    );
    const oldest = new Map(this.partners.all().map(({ id }) => [id, 0]));
    for (const { partnerId, oldest: since } of counts) {
      oldest.set(partnerId, Math.max(oldest.get(partnerId) ?? 0, secondsSince(since)));
    }
    this.metrics.queueOldestWaiting.replace([...oldest].map(([partner, value]) => ({ partner, value })));
  }

  private showDeadLetters(counts: readonly DeadLetterCount[]): void {
    this.metrics.deadLetters.replace(
      counts.map(({ partnerId, reviewStatus, count }) => ({
        partner: partnerId,
        review_status: reviewStatus,
        value: count,
      })),
    );
    const pending = counts.filter(({ reviewStatus }) => reviewStatus === 'pending');
    const value = Math.max(0, ...pending.map(({ oldest }) => secondsSince(oldest)));
    this.metrics.deadLetterOldestPending.replace([{ value }]);
  }
}
