import { Injectable } from '@nestjs/common';
import { type Collection, type Filter } from 'mongodb';
import { type ReasonCode } from '#domain/dead-letters/dead-letter';
import { Database } from '#platform/mongo/database';
import { type Claim } from './event-claims.repository';
import { expiryAfterDays, type EventRetentionSettings } from './event-retention';
import { type FailedAttempt, type InboundEvent } from './inbound-event';
import {
  FIRST_LOOK_MS,
  INBOUND_EVENTS,
  type InboundEventDocument,
  nowPlus,
  toInboundEvent,
} from './inbound-events.schema';

export interface FailedEvent {
  readonly eventId: string;
  readonly attempt: FailedAttempt;
}

/** Why an event is not tried any more: what its dead letter will say. */
export interface TerminalFailure {
  readonly reasonCode: ReasonCode;
  readonly message: string;
  /** The last one. */
  readonly attempt: FailedAttempt;
}

/** An event that will end as a dead letter, whatever happens to who decided so. */
export interface GivenUpEvent {
  readonly event: InboundEvent;
  readonly terminalFailure: TerminalFailure;
  /** The claim under which it was given up. */
  readonly lease: string;
}

/** The worker's half of the journal, when work ends: what becomes of what was claimed, where the claim still holds. */
@Injectable()
export class EventEndsRepository {
  private readonly collection: Collection<InboundEventDocument>;

  constructor(
    database: Database,
    private readonly retention: EventRetentionSettings,
  ) {
    this.collection = database.collection(INBOUND_EVENTS);
  }

  /** The happy end of an attempt: applied, or nothing in it to apply. */
  async finish(claim: Claim, eventIds: readonly string[], status: 'processed' | 'ignored'): Promise<void> {
    const finishedAt = new Date();
    await this.collection.updateMany(this.held(claim, eventIds), {
      $set: {
        status,
        finishedAt,
        expiresAt: expiryAfterDays(finishedAt, this.retention.processedEventsTtlDays),
      },
      $inc: { attempts: 1 },
      $unset: { lease: 1, leaseUntil: 1, dueAt: 1, jobId: 1, postponedSince: 1 },
    });
  }

  /**
   * Decides that these end as dead letters, where the claim still holds: from here on nobody works on them, and
   * whoever finds them writes the dead letter and calls `markDeadLettered`.
   */
  async giveUp(claim: Claim, failures: ReadonlyMap<string, TerminalFailure>): Promise<void> {
    await this.collection.bulkWrite(
      [...failures].map(([eventId, terminalFailure]) => ({
        updateOne: {
          filter: this.held(claim, [eventId]),
          update: [
            { $set: { terminalFailure: { $literal: terminalFailure }, dueAt: nowPlus(FIRST_LOOK_MS) } },
          ],
        },
      })),
      { ordered: false },
    );
  }

  /** Those of these events whose dead letter is still to be written, or may be. */
  async givenUp(eventIds: readonly string[]): Promise<readonly GivenUpEvent[]> {
    const documents = await this.collection
      .find({ _id: { $in: [...eventIds] }, terminalFailure: { $exists: true } })
      .toArray();
    return documents.flatMap((document) => {
      const { terminalFailure, lease } = document;
      return terminalFailure && lease ? [{ event: toInboundEvent(document), terminalFailure, lease }] : [];
    });
  }

  /** Their dead letters are written; an entry stays until its dead letter is closed or replayed with success. */
  async markDeadLettered(claim: Pick<Claim, 'lease'>, failures: readonly FailedEvent[]): Promise<void> {
    const finishedAt = new Date();
    await this.collection.bulkWrite(
      failures.map(({ eventId, attempt }) => ({
        updateOne: {
          filter: this.held(claim, [eventId]),
          update: {
            $set: { status: 'dead_lettered', finishedAt },
            $inc: { attempts: 1 },
            $push: { attemptHistory: attempt },
            $unset: {
              terminalFailure: 1,
              lease: 1,
              leaseUntil: 1,
              dueAt: 1,
              jobId: 1,
              postponedSince: 1,
            },
          },
        },
      })),
      { ordered: false },
    );
  }

  /** Failed, and to be tried again by job `jobId` in `delayMs`. */
  async scheduleRetry(
    claim: Claim,
    eventIds: readonly string[],
    retry: { readonly jobId: string; readonly delayMs: number; readonly attempt: FailedAttempt },
  ): Promise<void> {
    await this.collection.updateMany(this.held(claim, eventIds), [
      {
        $set: {
          status: 'retry_scheduled',
          jobId: retry.jobId,
          dueAt: nowPlus(retry.delayMs),
          attempts: { $add: ['$attempts', 1] },
          attemptHistory: { $concatArrays: ['$attemptHistory', [{ $literal: retry.attempt }]] },
        },
      },
      { $unset: ['lease', 'leaseUntil', 'postponedSince'] },
    ]);
  }

  /** Not tried, through no fault of theirs: they wait for job `jobId` in `delayMs`, and no attempt is counted. */
  async postpone(
    claim: Claim,
    eventIds: readonly string[],
    { jobId, delayMs }: { readonly jobId: string; readonly delayMs: number },
  ): Promise<void> {
    await this.collection.updateMany(this.held(claim, eventIds), [
      {
        $set: {
          status: 'retry_scheduled',
          jobId,
          dueAt: nowPlus(delayMs),
          postponedSince: { $ifNull: ['$postponedSince', '$$NOW'] },
        },
      },
      { $unset: ['lease', 'leaseUntil'] },
    ]);
  }

  /** Begun and not ended, because the process stops or the time was not enough: job `jobId` goes on with them. */
  async giveBack(claim: Claim, eventIds: readonly string[], jobId: string): Promise<void> {
    await this.collection.updateMany(this.held(claim, eventIds), [
      { $set: { status: 'received', jobId, dueAt: nowPlus(FIRST_LOOK_MS) } },
      { $unset: ['lease', 'leaseUntil'] },
    ]);
  }

  private held(claim: Pick<Claim, 'lease'>, eventIds: readonly string[]): Filter<InboundEventDocument> {
    return { _id: { $in: [...eventIds] }, lease: claim.lease };
  }
}
