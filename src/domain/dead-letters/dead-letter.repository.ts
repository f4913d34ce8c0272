import { Injectable } from '@nestjs/common';
import { type Collection, type Filter, type UpdateOneModel } from 'mongodb';
import { expiryAfterDays } from '#domain/events/event-retention';
import { type ListPosition } from '#domain/listing/list-position';
import { olderThan } from '#domain/listing/older-than';
import { SINGLE_READ } from '#domain/listing/single-read';
import { Database } from '#platform/mongo/database';
import { duplicatePositions } from '#platform/mongo/write-errors';
import {
  type DeadLetter,
  type DeadLetterSummary,
  type NewDeadLetter,
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
  toStoredPayload,
} from './dead-letters.schema';

export interface DeadLetterRetentionSettings {
  /** How long a closed or successfully replayed dead letter is kept, in days. */
  readonly dlqTtlDays: number;
}

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

/** Events that could not be applied, as people find them and as the worker leaves them. */
@Injectable()
export class DeadLetterRepository {
  private readonly collection: Collection<DeadLetterDocument>;
  private readonly review: Collection<DeadLetterDocument>;

  constructor(
    database: Database,
    private readonly retention: DeadLetterRetentionSettings,
  ) {
    this.collection = database.collection(DEAD_LETTERS);
    this.review = database.reviewCollection(DEAD_LETTERS);
  }

  /**
   * New ones, and replayed ones that failed again: those keep their notes and count, and are pending again.
   * What is known of the same or a later run stays as it is, so that this may be repeated at any time.
   */
  async keep(letters: readonly NewDeadLetter[]): Promise<void> {
    const now = new Date();
    try {
      await this.collection.bulkWrite(
        letters.map((letter) => ({ updateOne: upsertOf(letter, now) })),
        { ordered: false },
      );
    } catch (error) {
      duplicatePositions(error);
    }
  }

  /** Their replay was applied: they stay `replayed`, and may expire from now on. */
  async expireReplayed(eventIds: readonly string[]): Promise<void> {
    await this.collection.updateMany(
      { _id: { $in: [...eventIds] }, reviewStatus: 'replayed' },
      { $set: { expiresAt: expiryAfterDays(new Date(), this.retention.dlqTtlDays) } },
    );
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

/** Where the run is known already, nothing matches and the upsert meets the existing id. */
function upsertOf(letter: NewDeadLetter, now: Date): UpdateOneModel<DeadLetterDocument> & { upsert: true } {
  const { eventId, run, payload, reasonCode, message, attemptHistory, ...fixed } = letter;
  return {
    filter: { _id: eventId, run: { $not: { $gte: run } } },
    update: {
      $set: {
        run,
        reasonCode,
        message,
        attemptHistory: [...attemptHistory],
        reviewStatus: 'pending',
        updatedAt: now,
      },
      $setOnInsert: {
        ...fixed,
        payload: toStoredPayload(payload),
        createdAt: now,
        notes: [],
        replayCount: 0,
      },
      $unset: { expiresAt: 1 },
    },
    upsert: true,
  };
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
