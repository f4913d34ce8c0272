import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Collection, type Filter, type WriteConcernSettings } from 'mongodb';
import { Database } from '#platform/mongo/database';
import { type InboundEvent } from './inbound-event';
import { INBOUND_EVENTS, type InboundEventDocument, nowPlus, toInboundEvent } from './inbound-events.schema';

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

/** Workers that died over an event; from here on it is tried alone. */
export const SUSPECT_CRASHES = 2;
/** From here on it is not tried any more. */
export const POISONED_CRASHES = 3;

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

/** The worker's half of the journal, until work begins: claims with a lease. */
@Injectable()
export class EventClaimsRepository {
  private readonly collection: Collection<InboundEventDocument>;

  constructor(database: Database) {
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
  async claimOne(eventId: string, leaseMs: number, lease: string): Promise<Claim> {
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
}
