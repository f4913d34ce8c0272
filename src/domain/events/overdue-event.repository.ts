import { Injectable } from '@nestjs/common';
import { type Collection, type Filter } from 'mongodb';
import { Database } from '#platform/mongo/database';
import { FIRST_LOOK_MS, INBOUND_EVENTS, type InboundEventDocument, nowPlus } from './inbound-events.schema';

/** An unfinished entry that should have moved on by now. */
export interface OverdueEvent {
  readonly eventId: string;
  readonly partnerId: string;
  readonly priority: number;
  readonly receivedAt: Date;
  readonly jobId: string;
  readonly bodyBytes: number;
  /** Its worker held it and did not come to an end in time. */
  readonly leaseRanOut: boolean;
  /** Only its dead letter is missing; nobody works on it any more. */
  readonly givenUp: boolean;
}

/**
 * Due, and still to be worked on. To an expression a missing date is in the past, so a finished entry must be
 * told apart.
 */
const OVERDUE: Filter<InboundEventDocument> = {
  status: { $in: ['received', 'processing', 'retry_scheduled'] },
  dueAt: { $exists: true },
  $expr: { $lte: ['$dueAt', '$$NOW'] },
  terminalFailure: { $exists: false },
};

const OVERDUE_FIELDS = {
  partnerId: 1,
  priority: 1,
  receivedAt: 1,
  jobId: 1,
  status: 1,
  'terminalFailure.reasonCode': 1,
  bodyBytes: { $binarySize: '$body' },
};

type OverdueDocument = Omit<InboundEventDocument, 'body' | 'edited'> & { readonly bodyBytes: number };

/**
 * After a job was found alive, the next look comes when its entries are twice as old, within these: each is a write per
 * entry, beside the intake, and a job that has been there for seconds is hardly ever lost without its queue's marker.
 */
const LOOK_AGAIN_MIN_MS = 30_000;
const LOOK_AGAIN_MAX_MS = 300_000;
const PAGE = 1_000;

/** The reconciler's half of the journal, carried by the one partial index on `dueAt`. */
@Injectable()
export class OverdueEventRepository {
  private readonly collection: Collection<InboundEventDocument>;

  constructor(private readonly database: Database) {
    this.collection = database.collection(INBOUND_EVENTS);
  }

  /** Oldest first, by MongoDB's clock. */
  async find(limit: number): Promise<readonly OverdueEvent[]> {
    const now = await this.database.now();
    const documents = await this.collection
      .find({ dueAt: { $lte: now } }, { batchSize: limit })
      .project<OverdueDocument>(OVERDUE_FIELDS)
      .sort({ dueAt: 1 })
      .limit(limit)
      .toArray();
    return documents.map(
      ({ _id, partnerId, priority, receivedAt, jobId, bodyBytes, status, terminalFailure }) => ({
        eventId: _id,
        partnerId,
        priority,
        receivedAt,
        jobId: jobId ?? '',
        bodyBytes,
        leaseRanOut: status === 'processing' && terminalFailure === undefined,
        givenUp: terminalFailure !== undefined,
      }),
    );
  }

  /**
   * Lets them wait for the job `jobId`, and gives those that were still overdue: another process may have been
   * quicker, and a worker may have taken one meanwhile.
   */
  async moveTo(jobId: string, eventIds: readonly string[]): Promise<readonly string[]> {
    const overdue = { _id: { $in: [...eventIds] }, ...OVERDUE };
    const moved = await this.collection.updateMany(overdue, [
      {
        $set: {
          crashes: { $add: ['$crashes', { $cond: [{ $eq: ['$status', 'processing'] }, 1, 0] }] },
          status: 'received',
          jobId,
          dueAt: nowPlus(FIRST_LOOK_MS),
        },
      },
      { $unset: ['lease', 'leaseUntil'] },
    ]);
    if (moved.modifiedCount === eventIds.length) return eventIds;
    const mine = await this.collection
      .find({ _id: { $in: [...eventIds] }, jobId }, { projection: { _id: 1 } })
      .toArray();
    return mine.map(({ _id }) => _id);
  }

  /** Their job is alive: they wait for it, and the next look comes later the longer they have waited. */
  async keepWaiting(eventIds: readonly string[]): Promise<void> {
    const age = { $subtract: ['$$NOW', '$receivedAt'] };
    const pause = { $min: [{ $max: [age, LOOK_AGAIN_MIN_MS] }, LOOK_AGAIN_MAX_MS] };
    await this.collection.updateMany(
      { _id: { $in: [...eventIds] }, ...OVERDUE, status: { $in: ['received', 'retry_scheduled'] } },
      [{ $set: { status: 'received', dueAt: { $add: ['$$NOW', pause] } } }],
    );
  }

  /** Their job is gone: those that still wait for it are looked at again in a few seconds. */
  async lookSoon(eventIds: readonly string[], jobId: string): Promise<void> {
    await this.collection.updateMany({ _id: { $in: [...eventIds] }, jobId, status: 'received' }, [
      { $set: { dueAt: nowPlus(FIRST_LOOK_MS) } },
    ]);
  }

  /**
   * The queue lost its jobs: whatever waits for one is overdue from now on. A retry in the future is not: it comes
   * due in its own time. In pages, with `goOn` asked before each that others follow: false ends the walk. Gives how many there were.
   */
  async lookAtAll(goOn: () => Promise<boolean>): Promise<number> {
    const now = await this.database.now();
    const waiting = this.collection.find(
      { dueAt: { $gt: now } },
      { projection: { _id: 1 }, batchSize: PAGE },
    );
    let found = 0;
    let page: string[] = [];
    const look = async (): Promise<void> => {
      const { modifiedCount } = await this.collection.updateMany(
        { _id: { $in: page }, status: 'received' },
        { $set: { dueAt: now } },
      );
      found += modifiedCount;
      page = [];
    };
    for await (const { _id } of waiting) {
      page.push(_id);
      if (page.length < PAGE) continue;
      if (!(await goOn())) return found;
      await look();
    }
    if (page.length > 0) await look();
    return found;
  }
}
