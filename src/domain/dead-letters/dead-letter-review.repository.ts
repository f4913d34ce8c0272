import { Injectable } from '@nestjs/common';
import { type ClientSession, type Collection, type MatchKeysAndValues } from 'mongodb';
import { SUSPECT_CRASHES } from '#domain/events/event-claims.repository';
import { type EventRetentionSettings, expiryAfterDays } from '#domain/events/event-retention';
import { type EventStatus } from '#domain/events/inbound-event';
import {
  FIRST_LOOK_MS,
  INBOUND_EVENTS,
  type InboundEventDocument,
  nowPlus,
} from '#domain/events/inbound-events.schema';
import { Database } from '#platform/mongo/database';
import {
  type DeadLetter,
  type PayloadSnapshot,
  REVIEW_TRANSITIONS,
  type ReviewStatus,
  type ReviewStep,
} from './dead-letter';
import { type DeadLetterRetentionSettings } from './dead-letter.repository';
import { DEAD_LETTERS, type DeadLetterDocument, toDeadLetter, toStoredPayload } from './dead-letters.schema';

/** Who takes a step, and what there is to say about it. */
export interface StepBy {
  readonly by: string;
  readonly note?: string;
}

export interface ReplayStep extends StepBy {
  /** The queue job that will carry the event. */
  readonly jobId: string;
  /** Takes the place of the original for this and later replays; the original is kept beside it. */
  readonly edited?: PayloadSnapshot;
}

/** Why a step was not taken; then nothing has changed. */
export type Refusal =
  | { readonly because: 'unknown' }
  | { readonly because: 'review_status'; readonly reviewStatus: ReviewStatus }
  /** The journal entry is elsewhere (`undefined`: gone), so the event is not a dead letter's to decide about. */
  | { readonly because: 'journal'; readonly status: EventStatus | undefined };

export type StepOutcome<T = unknown> =
  | ({ readonly taken: true; readonly letter: DeadLetter } & T)
  | { readonly taken: false; readonly refusal: Refusal };

/** Ends the transaction, so that a refused step leaves no trace. */
class RefusedStep extends Error {
  constructor(readonly refusal: Refusal) {
    super(`step refused: ${refusal.because}`);
  }
}

/** What people decide about dead letters. Each step is one transaction, conditional on the state it starts from. */
@Injectable()
export class DeadLetterReviewRepository {
  private readonly letters: Collection<DeadLetterDocument>;
  private readonly journal: Collection<InboundEventDocument>;

  constructor(
    private readonly database: Database,
    private readonly retention: EventRetentionSettings & DeadLetterRetentionSettings,
  ) {
    this.letters = database.collection(DEAD_LETTERS);
    this.journal = database.collection(INBOUND_EVENTS);
  }

  /** Somebody has looked at it. */
  review(eventId: string, step: StepBy): Promise<StepOutcome> {
    return this.decide(async (session) => ({
      letter: await this.take('reviewed', eventId, step, {}, session),
    }));
  }

  /**
   * The event waits again, for the job `jobId`, with all its attempts before it. Gives the priority to enqueue
   * that job with; when nobody does, the reconciler finds the entry.
   */
  replay(eventId: string, step: ReplayStep): Promise<StepOutcome<{ readonly priority: number }>> {
    const edited = step.edited && toStoredPayload(step.edited);
    return this.decide(async (session) => {
      const letter = await this.take('replayed', eventId, step, edited ? { edited } : {}, session);
      const { priority } = await this.putBack(eventId, step.jobId, edited, session);
      return { letter, priority };
    });
  }

  /** Given up: the dead letter and its journal entry expire. */
  close(eventId: string, step: StepBy): Promise<StepOutcome> {
    const now = new Date();
    const expiresAt = expiryAfterDays(now, this.retention.dlqTtlDays);
    return this.decide(async (session) => {
      const letter = await this.take('closed', eventId, step, { expiresAt }, session);
      await this.expireEntry(eventId, expiryAfterDays(now, this.retention.processedEventsTtlDays), session);
      return { letter };
    });
  }

  private async decide<T extends { readonly letter: DeadLetter }>(
    work: (session: ClientSession) => Promise<T>,
  ): Promise<({ readonly taken: true } & T) | { readonly taken: false; readonly refusal: Refusal }> {
    try {
      return { taken: true, ...(await this.database.transaction(work)) };
    } catch (error) {
      if (error instanceof RefusedStep) return { taken: false, refusal: error.refusal };
      throw error;
    }
  }

  private async take(
    step: ReviewStep,
    eventId: string,
    { by, note }: StepBy,
    set: MatchKeysAndValues<DeadLetterDocument>,
    session: ClientSession,
  ): Promise<DeadLetter> {
    const at = new Date();
    const taken = await this.letters.findOneAndUpdate(
      { _id: eventId, reviewStatus: { $in: [...REVIEW_TRANSITIONS[step]] } },
      {
        $set: { ...set, reviewStatus: step, reviewer: by, updatedAt: at },
        ...(note === undefined ? {} : { $push: { notes: { at, by, step, note } } }),
        ...(step === 'replayed' ? { $inc: { replayCount: 1 } } : {}),
      },
      { session, returnDocument: 'after' },
    );
    if (taken) return toDeadLetter(taken);
    const found = await this.letters.findOne({ _id: eventId }, { session, projection: { reviewStatus: 1 } });
    throw new RefusedStep(
      found ? { because: 'review_status', reviewStatus: found.reviewStatus } : { because: 'unknown' },
    );
  }

  private async putBack(
    eventId: string,
    jobId: string,
    edited: InboundEventDocument['edited'],
    session: ClientSession,
  ): Promise<InboundEventDocument> {
    const entry = await this.journal.findOneAndUpdate(
      { _id: eventId, status: 'dead_lettered' },
      [
        {
          $set: {
            status: 'received',
            jobId: { $literal: jobId },
            dueAt: nowPlus(FIRST_LOOK_MS),
            attempts: 0,
            // What killed its workers may do so again: it stays alone.
            crashes: { $min: ['$crashes', SUSPECT_CRASHES] },
            replays: { $add: ['$replays', 1] },
            ...(edited ? { edited: { $literal: edited } } : {}),
          },
        },
        { $unset: ['finishedAt', 'expiresAt'] },
      ],
      { session, returnDocument: 'after', projection: { priority: 1 } },
    );
    if (entry) return entry;
    throw new RefusedStep({ because: 'journal', status: await this.statusOf(eventId, session) });
  }

  /** An entry that is gone has nothing left to expire; one that is on its way must not. */
  private async expireEntry(eventId: string, expiresAt: Date, session: ClientSession): Promise<void> {
    const { matchedCount } = await this.journal.updateOne(
      { _id: eventId, status: 'dead_lettered' },
      { $set: { expiresAt } },
      { session },
    );
    if (matchedCount === 1) return;
    const status = await this.statusOf(eventId, session);
    if (status !== undefined) throw new RefusedStep({ because: 'journal', status });
  }

  private async statusOf(eventId: string, session: ClientSession): Promise<EventStatus | undefined> {
    const entry = await this.journal.findOne({ _id: eventId }, { session, projection: { status: 1 } });
    return entry?.status;
  }
}
