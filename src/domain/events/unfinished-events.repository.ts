import { Injectable } from '@nestjs/common';
import { type Collection } from 'mongodb';
import { Database } from '#platform/mongo/database';
import { INBOUND_EVENTS, type InboundEventDocument } from './inbound-events.schema';

const TIMEOUT_MS = 10_000;

/** What is not finished yet, asked where it decides something: of the primary. */
@Injectable()
export class UnfinishedEventsRepository {
  private readonly collection: Collection<InboundEventDocument>;

  constructor(database: Database) {
    this.collection = database.collection(INBOUND_EVENTS);
  }

  async hasAny(partnerId: string): Promise<boolean> {
    const found = await this.collection.findOne(
      { partnerId, dueAt: { $gt: new Date(0) } },
      { projection: { _id: 1 }, hint: 'dueAt_unfinished', signal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    return found !== null;
  }
}
