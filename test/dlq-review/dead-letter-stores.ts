import { type Binary } from 'mongodb';
import { type DeadLetter, type NewDeadLetter, type ReviewStatus } from '#domain/dead-letters/dead-letter';
import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { DeadLetterReviewRepository } from '#domain/dead-letters/dead-letter-review.repository';
import { DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { DEAD_LETTERS } from '#domain/dead-letters/dead-letters.schema';
import { type EventStatus, type NewInboundEvent } from '#domain/events/inbound-event';
import {
  INBOUND_EVENTS,
  type InboundEventDocument,
  newEntryDocument,
} from '#domain/events/inbound-events.schema';
import { type Database } from '#platform/mongo/database';
import { anInboundEvent } from '../builders/an-inbound-event';

export const RETENTION = { dlqTtlDays: 90, processedEventsTtlDays: 30 };

export const ORIGINAL = '{"id": this is not JSON';

const FAILED = {
  attempt: 1,
  startedAt: new Date('2025-06-01T12:00:00.100Z'),
  durationMs: 4,
  errorCode: 'UNPARSABLE_BODY',
  message: 'the body is not JSON',
};

/** What the worker writes when it cannot read an event at its first attempt. */
export const deadLetterOf = (event: NewInboundEvent): NewDeadLetter => ({
  eventId: event.eventId,
  partnerId: event.partnerId,
  reasonCode: 'UNPARSABLE_BODY',
  message: 'the body is not JSON',
  payload: { contentType: event.contentType, body: event.body },
  attemptHistory: [FAILED],
  traceId: event.traceId,
  receivedAt: event.receivedAt,
  run: 0,
});

/** Journal and dead letters as the worker leaves them after a terminal failure. */
export class DeadLetterStores {
  readonly letters: DeadLetterRepository;
  readonly list: DeadLetterListRepository;
  readonly review: DeadLetterReviewRepository;
  readonly documents;
  readonly journal;

  constructor(readonly database: Database) {
    this.letters = new DeadLetterRepository(database, RETENTION);
    this.list = new DeadLetterListRepository(database);
    this.review = new DeadLetterReviewRepository(database, RETENTION);
    this.documents = database.collection(DEAD_LETTERS);
    this.journal = database.collection(INBOUND_EVENTS);
  }

  /** Gives the id of an event that ended as a dead letter in this state. */
  async deadLetter(
    reviewStatus: ReviewStatus = 'pending',
    event: Partial<NewInboundEvent> = {},
    letter: Partial<Pick<DeadLetter, 'createdAt' | 'reasonCode'>> = {},
  ): Promise<string> {
    const inbound = anInboundEvent({ body: Buffer.from(ORIGINAL), ...event });
    const { eventId } = inbound;
    const { jobId: _jobId, dueAt: _dueAt, ...entry } = newEntryDocument(inbound, 'b-first');
    const failed = { status: 'dead_lettered', attempts: 1, crashes: 2, finishedAt: new Date() } as const;
    await this.journal.insertOne({ ...entry, ...failed, attemptHistory: [FAILED] });
    await this.letters.keep([deadLetterOf(inbound)]);
    await this.documents.updateOne({ _id: eventId }, { $set: { reviewStatus, ...letter } });
    return eventId;
  }

  async entry(eventId: string): Promise<InboundEventDocument | null> {
    return this.journal.findOne({ _id: eventId });
  }

  async moveEntry(eventId: string, status: EventStatus): Promise<void> {
    await this.journal.updateOne({ _id: eventId }, { $set: { status } });
  }

  /** As when its replay failed again. */
  async failAgain(eventId: string): Promise<void> {
    await this.moveEntry(eventId, 'dead_lettered');
    await this.documents.updateOne({ _id: eventId }, { $set: { reviewStatus: 'pending' } });
  }

  /** Everything there is about it, to show that nothing has changed. */
  async snapshot(eventId: string): Promise<unknown> {
    return [await this.documents.findOne({ _id: eventId }), await this.entry(eventId)];
  }
}

export const bytesOf = (stored: { readonly body: Binary } | null | undefined): string | undefined =>
  stored ? Buffer.from(stored.body.value()).toString() : undefined;
