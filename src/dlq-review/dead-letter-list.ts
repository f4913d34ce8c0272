import { Injectable } from '@nestjs/common';
import { type DeadLetterSummary } from '#domain/dead-letters/dead-letter';
import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { LIST_POSITION } from '#domain/listing/list-position';
import { type Page, pageBy } from '#platform/http/pagination';
import { type DeadLetterFilter } from './dead-letter-filter';

@Injectable()
export class DeadLetterList {
  constructor(private readonly letters: DeadLetterListRepository) {}

  /** Newest first. */
  async page(filter: DeadLetterFilter): Promise<Page<DeadLetterSummary>> {
    return pageBy(filter, {
      form: LIST_POSITION,
      find: (limit, after) => this.letters.list(filter, limit, after),
      positionOf: ({ createdAt, eventId }) => ({ at: createdAt, id: eventId }),
    });
  }
}
