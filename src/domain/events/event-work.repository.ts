import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Collection, type Filter, type WriteConcernSettings } from 'mongodb';
import { type ReasonCode } from '#domain/dead-letters/dead-letter';
import { Database } from '#platform/mongo/database';
import { expiryAfterDays, type EventRetentionSettings } from './event-retention';
import { type FailedAttempt, type InboundEvent } from './inbound-event';
import {
  FIRST_LOOK_MS,
  INBOUND_EVENTS,
  type InboundEventDocument,
  toInboundEvent,
} from './inbound-events.schema';

/** Events that this worker alone may work on until the lease ends. */
export interface Claim {
  readonly lease: string;
  /** When the attempts at them began, by the clock of this process. */
  readonly startedAt: Date;
  readonly events: readonly InboundEvent[];
}

/** A claim of which only so much was read as memory is well used for. */
export interface ClaimPortion extends Claim {
  /** Others are held, too, and were not read. */
  readonly hasMore: boolean;
}

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

/** Workers that died over an event; from here on it is tried alone. */
export const SUSPECT_CRASHES = 2;
/** From here on it is not tried any more. */
export const POISONED_CRASHES = 3;

/** Times below follow MongoDB's clock (`$$NOW`): processes need not agree on theirs. */
const nowPlus = (ms: number) => ({ $add: ['$$NOW', ms] });

const due: Filter<InboundEventDocument> = {
  $expr: { $lte: ['$dueAt', '$$NOW'] },
  terminalFailure: { $exists: false },
};

/**
 * Waiting, due for its next attempt, held by a worker whose lease ran out, or under this very lease; never what is given
 * up. Fewer crashes than `crashes`, the one counted that a lease which ran out stands for.
 */
const claimable = (crashes: number, lease: string): readonly Filter<InboundEventDocument>[] => [
  { status: 'received', crashes: { $lt: crashes } },
  { status: 'retry_scheduled', crashes: { $lt: crashes }, ...due },
  { status: 'processing', crashes: { $lt: crashes - 1 }, ...due },
  { status: 'processing', crashes: { $lt: crashes }, lease, terminalFailure: { $exists: false } },
];

/** `processing` under another lease: it ran out before its holder came to an end. */
const crashesAfterClaim = (lease: string) => ({
  $add: [
    '$crashes',
    { $cond: [{ $and: [{ $eq: ['$status', 'processing'] }, { $ne: ['$lease', lease] }] }, 1, 0] },
  ],
});

/**
 * A claim waits for no disk and no other member. Should a failover forget one, another worker may do the same events
 * beside its holder: their effects are the same, and only one of the two ends is written, for the lease decides.
 */
const FORGETTABLE: WriteConcernSettings = { w: 1, journal: false };

/** The worker's half of the journal: claims with a lease, and what becomes of what was claimed. */
@Injectable()
export class EventWorkRepository {
  private readonly collection: Collection<InboundEventDocument>;

  constructor(
    database: Database,
    private readonly retention: EventRetentionSettings,
  ) {
    this.collection = database.collection(INBOUND_EVENTS);
  }

  /**
   * One update claims whatever of these may be worked on now together with others, and what `lease` holds already;
   * the rest is somebody else's, done, or suspect.
   */
  async claim(eventIds: readonly string[], leaseMs: number, lease: string = randomUUID()): Promise<Claim> {
    return this.claimWhere({ _id: { $in: [...eventIds] } }, SUSPECT_CRASHES, { leaseMs, lease });
  }

  /** The same, read as far as one reply of the server goes: at most 16 MiB, however large the events are. */
  async claimPortion(eventIds: readonly string[], leaseMs: number, lease: string): Promise<ClaimPortion> {
    const which = { _id: { $in: [...eventIds] } };
    return this.claimWhere(which, SUSPECT_CRASHES, { leaseMs, lease, singleBatch: true });
  }

  /** Those of these that may be worked on now under this lease, but alone: so many workers died over them. */
  async suspects(eventIds: readonly string[], lease: string): Promise<readonly string[]> {
    const documents = await this.collection
      .find(
        {
          _id: { $in: [...eventIds] },
          crashes: { $gte: SUSPECT_CRASHES - 1 },
          $or: [...claimable(Infinity, lease)],
        },
        { projection: { _id: 1 } },
      )
      .toArray();
    return documents.map(({ _id }) => _id);
  }

  /** Claims one event however often workers died over it. */
  async claimSuspect(eventId: string, leaseMs: number, lease: string): Promise<Claim> {
    return this.claimWhere({ _id: eventId }, Infinity, { leaseMs, lease });
  }

  private async claimWhere(
    which: Filter<InboundEventDocument>,
    crashes: number,
    { leaseMs, lease, singleBatch = false }: { leaseMs: number; lease: string; singleBatch?: boolean },
  ): Promise<ClaimPortion> {
    const free = { ...which, $or: [...claimable(crashes, lease)] };
    const claimed = await this.collection.updateMany(
      free,
      [
        {
          $set: {
            crashes: crashesAfterClaim(lease),
            status: 'processing',
            lease,
            leaseUntil: nowPlus(leaseMs),
            dueAt: nowPlus(leaseMs),
          },
        },
      ],
      { writeConcern: FORGETTABLE },
    );
    const startedAt = new Date();
    if (claimed.matchedCount === 0) return { lease, startedAt, events: [], hasMore: false };
    const documents = await this.collection
      .find(
        { ...which, lease, crashes: { $lt: crashes }, terminalFailure: { $exists: false } },
        { batchSize: claimed.matchedCount + 1, singleBatch },
      )
      .toArray();
    const hasMore = singleBatch && documents.length > 0 && documents.length < claimed.matchedCount;
    return { lease, startedAt, events: documents.map(toInboundEvent), hasMore };
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
