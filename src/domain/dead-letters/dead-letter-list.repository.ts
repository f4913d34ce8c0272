import { Injectable } from '@nestjs/common';
import { type Collection, type Filter } from 'mongodb';
import { type ListPosition } from '#domain/listing/list-position';
import { olderThan } from '#domain/listing/older-than';
import { SINGLE_READ } from '#domain/listing/single-read';
import { Database } from '#platform/mongo/database';
import {
  type DeadLetter,
  type DeadLetterSummary,
  REASON_CODES,
  REVIEW_STATUSES,
  type ReviewStatus,
} from './dead-letter';
import {
  type BodilessDocument,
  DEAD_LETTERS,
  type DeadLetterDocument,
  toDeadLetter,
  toDeadLetterSummary,
} from './dead-letters.schema';

export interface DeadLetterQuery {
  readonly reviewStatus?: ReviewStatus;
  readonly partnerId?: string;
  /** One that there is not finds nothing. */
  readonly reasonCode?: string;
  readonly from?: Date;
  readonly to?: Date;
}

export interface DeadLetterCount {
  readonly partnerId: string;
  readonly reviewStatus: ReviewStatus;
  readonly count: number;
  readonly oldest: Date;
}

/** Events that could not be applied, as people find them. */
@Injectable()
export class DeadLetterListRepository {
  private readonly collection: Collection<DeadLetterDocument>;
  private readonly review: Collection<DeadLetterDocument>;

  constructor(database: Database) {
    this.collection = database.collection(DEAD_LETTERS);
    this.review = database.reviewCollection(DEAD_LETTERS);
  }

  async find(eventId: string): Promise<DeadLetter | undefined> {
    const document = await this.collection.findOne({ _id: eventId }, SINGLE_READ);
    return document ? toDeadLetter(document) : undefined;
  }

  /** Newest first; the time of a position is that of creation. */
  async list(
    query: DeadLetterQuery,
    limit: number,
    after?: ListPosition,
  ): Promise<readonly DeadLetterSummary[]> {
    const documents = await this.review
      .find({ ...filterOf(query), ...olderThan(after, (createdAt) => ({ createdAt })) })
      .project<BodilessDocument>({ payload: 0, edited: 0 })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return documents.map(toDeadLetterSummary);
  }

  /** For the gauges: how many stand in each state, and since when the oldest. */
  async counts(): Promise<readonly DeadLetterCount[]> {
    const rows = await this.review
      .aggregate<{ _id: { partnerId: string; reviewStatus: ReviewStatus }; count: number; oldest: Date }>([
        {
          $group: {
            _id: { partnerId: '$partnerId', reviewStatus: '$reviewStatus' },
            count: { $sum: 1 },
            oldest: { $min: '$createdAt' },
          },
        },
      ])
      .toArray();
    return rows.map(({ _id, count, oldest }) => ({ ..._id, count, oldest }));
  }
}

const filterOf = ({
  reviewStatus,
  partnerId,
  reasonCode,
  from,
  to,
}: DeadLetterQuery): Filter<DeadLetterDocument> => ({
  // Naming all states lets the server merge the newest of each along the index instead of sorting everything.
  reviewStatus: reviewStatus ?? { $in: [...REVIEW_STATUSES] },
  ...(partnerId === undefined ? {} : { partnerId }),
  ...(reasonCode === undefined
    ? {}
    : { reasonCode: { $in: REASON_CODES.filter((known) => known === reasonCode) } }),
  ...(from || to ? { createdAt: { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) } } : {}),
});
