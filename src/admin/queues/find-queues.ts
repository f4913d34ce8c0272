import { Injectable } from '@nestjs/common';
import { EventReviewRepository, type UnfinishedCount } from '#domain/events/event-review.repository';
import { readPosition, writePosition } from '#domain/listing/list-position';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { type StoredPartner } from '#domain/partners/stored-partner';
import { decodeCursor, type PageQuery, toPage } from '#platform/http/pagination';
import { JobProducer, type QueueCounts, QueueUnavailableError } from '#platform/jobs/job-producer';
import { QueueView, type QueuePageView } from './queue.view';

/** What waits, for people: by partner, the newest partner first. */
@Injectable()
export class FindQueues {
  constructor(
    private readonly partners: PartnersRepository,
    private readonly producer: JobProducer,
    private readonly events: EventReviewRepository,
  ) {}

  async page({ limit, cursor }: PageQuery): Promise<QueuePageView> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, readPosition);
    const found = await this.partners.page(limit + 1, after);
    const { items, nextCursor } = toPage(found, limit, ({ createdAt, id }) =>
      writePosition({ at: createdAt, id }),
    );
    const unfinished = await this.events.unfinished();
    const views = await Promise.all(items.map((partner) => this.view(partner, unfinished)));
    return { items: views, nextCursor };
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
