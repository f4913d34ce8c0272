import { Injectable } from '@nestjs/common';
import { type Collection, type Filter } from 'mongodb';
import { type InboundEvent } from '#domain/events/inbound-event';
import {
  INBOUND_EVENTS,
  type InboundEventDocument,
  toInboundEvent,
} from '#domain/events/inbound-events.schema';
import { type ListPosition } from '#domain/listing/list-position';
import { Database } from '#platform/mongo/database';
import { isOutOfTime } from '#platform/mongo/out-of-time';
import { REPLAYABLE_STATUSES, type ReplayFilter } from './replay-filter';

export interface KeptPage {
  readonly events: readonly InboundEvent[];
  /** The next page begins after this; `undefined`: there is none. */
  readonly next: ListPosition | undefined;
}

/** Somebody waits for the number. */
const COUNT_WITHIN_MS = 5_000;
/** Bodies may be large: a page holds no more than this and one body. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024;

const receivedWithin = ({ partnerId, from, to }: ReplayFilter): Filter<InboundEventDocument> => ({
  partnerId,
  receivedAt: { $gte: from, $lt: to },
});

const filterOf = (filter: ReplayFilter): Filter<InboundEventDocument> => ({
  ...receivedWithin(filter),
  status: filter.status ?? { $in: [...REPLAYABLE_STATUSES] },
});

/** With a plain bound on the time the server begins to read there; an `$or` alone would not let it. */
const laterThan = ({ at, id }: ListPosition): Filter<InboundEventDocument> => ({
  $and: [{ receivedAt: { $gte: at } }, { $or: [{ receivedAt: { $gt: at } }, { _id: { $gt: id } }] }],
});

/** Events that are done and still kept: what can be read again. */
@Injectable()
export class KeptEventsRepository {
  private readonly collection: Collection<InboundEventDocument>;

  constructor(database: Database) {
    this.collection = database.collection(INBOUND_EVENTS);
  }

  /** Where looking at each would take too long, all of that time, whatever became of them. */
  async count(filter: ReplayFilter): Promise<number> {
    try {
      return await this.collection.countDocuments(filterOf(filter), { maxTimeMS: COUNT_WITHIN_MS });
    } catch (error) {
      if (!isOutOfTime(error)) throw error;
      return this.collection.countDocuments(receivedWithin(filter));
    }
  }

  /** Oldest first. */
  async page(filter: ReplayFilter, limit: number, after?: ListPosition): Promise<KeptPage> {
    const found = this.collection
      .find({ ...filterOf(filter), ...(after && laterThan(after)) })
      .sort({ receivedAt: 1, _id: 1 })
      .limit(limit + 1);
    const events: InboundEvent[] = [];
    let bytes = 0;
    for await (const document of found) {
      const last = events.at(-1);
      if (last && (events.length === limit || bytes > MAX_PAGE_BYTES)) {
        return { events, next: { at: last.receivedAt, id: last.eventId } };
      }
      const event = toInboundEvent(document);
      bytes += event.body.length + (event.edited?.body.length ?? 0);
      events.push(event);
    }
    return { events, next: undefined };
  }

  /** There was nothing in them to apply, and now there is. */
  async nowApplied(eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    await this.collection.updateMany(
      { _id: { $in: [...eventIds] }, status: 'ignored' },
      { $set: { status: 'processed' } },
    );
  }
}
