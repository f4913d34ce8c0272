import { Injectable } from '@nestjs/common';
import { type DeadLetterSummary } from '#domain/dead-letters/dead-letter';
import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { readPosition, writePosition } from '#domain/listing/list-position';
import { decodeCursor, type Page, toPage } from '#platform/http/pagination';
import { type DeadLetterFilter } from './dead-letter-filter';

@Injectable()
export class DeadLetterList {
  constructor(private readonly letters: DeadLetterListRepository) {}

  /** Newest first. */
  async page(filter: DeadLetterFilter): Promise<Page<DeadLetterSummary>> {
    const { limit, cursor } = filter;
    const after = cursor === undefined ? undefined : decodeCursor(cursor, readPosition);
    const found = await this.letters.list(filter, limit + 1, after);
    return toPage(found, limit, ({ createdAt, eventId }) => writePosition({ at: createdAt, id: eventId }));
  }
}
