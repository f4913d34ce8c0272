import { Injectable } from '@nestjs/common';
import { type Collection, type UpdateOneModel } from 'mongodb';
import { expiryAfterDays } from '#domain/events/event-retention';
import { Database } from '#platform/mongo/database';
import { duplicatePositions } from '#platform/mongo/write-errors';
import { type NewDeadLetter } from './dead-letter';
import { DEAD_LETTERS, type DeadLetterDocument, toStoredPayload } from './dead-letters.schema';

export interface DeadLetterRetentionSettings {
  /** How long a closed or successfully replayed dead letter is kept, in days. */
  readonly dlqTtlDays: number;
}

/** Events that could not be applied, as the worker leaves them. */
@Injectable()
export class DeadLetterRepository {
  private readonly collection: Collection<DeadLetterDocument>;

  constructor(
    database: Database,
    private readonly retention: DeadLetterRetentionSettings,
  ) {
    this.collection = database.collection(DEAD_LETTERS);
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
