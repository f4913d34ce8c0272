import { Injectable } from '@nestjs/common';
import { type Collection, type Filter } from 'mongodb';
import { type ListPosition } from '#domain/listing/list-position';
import { olderThan } from '#domain/listing/older-than';
import { SINGLE_READ } from '#domain/listing/single-read';
import { Database } from '#platform/mongo/database';
import { type EventStatus, type InboundEvent } from './inbound-event';
import {
  type BodilessDocument,
  INBOUND_EVENTS,
  type InboundEventDocument,
  toBodilessEvent,
  toInboundEvent,
} from './inbound-events.schema';

export interface EventQuery {
  readonly partnerId?: string;
  readonly status?: EventStatus;
  readonly eventIds?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
}

/** An event as lists show it: all but the bodies. */
export type EventSummary = Omit<InboundEvent, 'body' | 'edited'> & { readonly bodyBytes: number };

/** What people ask the journal. */
@Injectable()
export class EventReviewRepository {
  private readonly collection: Collection<InboundEventDocument>;

  constructor(database: Database) {
    this.collection = database.reviewCollection(INBOUND_EVENTS);
  }

  async find(eventId: string): Promise<InboundEvent | undefined> {
    const document = await this.collection.findOne({ _id: eventId }, SINGLE_READ);
    return document ? toInboundEvent(document) : undefined;
  }

  /** Newest first; the time of a position is that of arrival. */
  async list(query: EventQuery, limit: number, after?: ListPosition): Promise<readonly EventSummary[]> {
    // The index begins with the partner: naming all of them lets the server merge their newest entries
    // instead of sorting the whole journal, and spares the intake a second index.
    const partners = query.partnerId === undefined ? await this.partnerIds() : [query.partnerId];
    const older = olderThan(after, (receivedAt) => ({ receivedAt }));
    // Only sizes leave the server: a page of bodies could be hundreds of megabytes.
    const documents = await this.collection
      .aggregate<BodilessDocument & { bodyBytes: number }>([
        { $match: { partnerId: { $in: partners }, ...filterOf(query), ...older } },
        { $sort: { receivedAt: -1, _id: -1 } },
        { $limit: limit },
        { $set: { bodyBytes: { $binarySize: '$body' } } },
        { $unset: ['body', 'edited'] },
      ])
      .toArray();
    return documents.map(({ bodyBytes, ...document }) => ({ ...toBodilessEvent(document), bodyBytes }));
  }

  /** How many entries of each partner are not finished yet, by status, and the oldest arrival among them. */
  async unfinished(): Promise<readonly UnfinishedCount[]> {
    const rows = await this.collection
      .aggregate<{ _id: { partnerId: string; status: EventStatus }; count: number; oldest: Date }>([
        { $match: { dueAt: { $gt: new Date(0) } } },
        {
          $group: {
            _id: { partnerId: '$partnerId', status: '$status' },
            count: { $sum: 1 },
            oldest: { $min: '$receivedAt' },
          },
        },
      ])
      .toArray();
    return rows.map(({ _id, count, oldest }) => ({ ..._id, count, oldest }));
  }

  private async partnerIds(): Promise<string[]> {
    return this.collection.distinct('partnerId');
  }
}

export interface UnfinishedCount {
  readonly partnerId: string;
  readonly status: EventStatus;
  readonly count: number;
  readonly oldest: Date;
}

const UNFINISHED: ReadonlySet<EventStatus> = new Set(['received', 'processing', 'retry_scheduled']);

function filterOf({ status, eventIds, from, to }: EventQuery): Filter<InboundEventDocument> {
  const received = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return {
    ...(status === undefined ? {} : { status }),
    // Only unfinished entries have it, and its index finds the few of them among millions.
    ...(status !== undefined && UNFINISHED.has(status) ? { dueAt: { $gt: new Date(0) } } : {}),
    ...(eventIds === undefined ? {} : { _id: { $in: [...eventIds] } }),
    ...(from || to ? { receivedAt: received } : {}),
  };
}
