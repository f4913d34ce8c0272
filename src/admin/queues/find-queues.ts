import { Injectable } from '@nestjs/common';
import { EventReviewRepository, type UnfinishedCount } from '#domain/events/event-review.repository';
import { LIST_POSITION } from '#domain/listing/list-position';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { type StoredPartner } from '#domain/partners/stored-partner';
import { pageBy, type PageQuery } from '#platform/http/pagination';
import { JobProducer, type QueueCounts, QueueUnavailableError } from '#platform/jobs/job-producer';
import { QueuePageView, QueueView } from './queue.view';

/** What waits, for people: by partner, the newest partner first. */
@Injectable()
export class FindQueues {
  constructor(
    private readonly partners: PartnersRepository,
    private readonly producer: JobProducer,
    private readonly events: EventReviewRepository,
  ) {}

  async page(query: PageQuery): Promise<QueuePageView> {
    const { items, nextCursor } = await pageBy(query, {
      form: LIST_POSITION,
      find: (limit, after) => this.partners.page(limit, after),
      positionOf: ({ createdAt, id }) => ({ at: createdAt, id }),
    });
    const unfinished = await this.events.unfinished();
    const views = await Promise.all(items.map((partner) => this.view(partner, unfinished)));
    return new QueuePageView({ items: views, nextCursor });
  }

  async one(partner: StoredPartner): Promise<QueueView> {
    return this.view(partner, await this.events.unfinished());
  }

  private async view(
    { id, paused }: StoredPartner,
    unfinished: readonly UnfinishedCount[],
  ): Promise<QueueView> {
    const own = unfinished.filter(({ partnerId }) => partnerId === id);
    return new QueueView({
      partnerId: id,
      pause: paused,
      batches: await this.batchesOf(id),
      events: new Map(own.map(({ status, count }) => [status, count])),
      oldestEventAt: oldestOf(own),
    });
  }

  private async batchesOf(partnerId: string): Promise<QueueCounts | undefined> {
    try {
      return await this.producer.counts(partnerId);
    } catch (error) {
      if (error instanceof QueueUnavailableError) return undefined;
      throw error;
    }
  }
}

function oldestOf(counts: readonly UnfinishedCount[]): Date | undefined {
  const [oldest] = counts.map((count) => count.oldest).sort((a, b) => a.getTime() - b.getTime());
  return oldest;
}
