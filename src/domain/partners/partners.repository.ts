import { Injectable } from '@nestjs/common';
import { type Collection } from 'mongodb';
import { type ListPosition } from '#domain/listing/list-position';
import { olderThan } from '#domain/listing/older-than';
import { Database } from '#platform/mongo/database';
import { isDuplicateKey } from '#platform/mongo/write-errors';
import { PARTNERS, type PartnerRecord, toStoredPartner } from './partners.schema';
import { type PartnerContent, type QueuePause, type StoredPartner, stateOf } from './stored-partner';

const READ_TIMEOUT_MS = 5_000;

/** Answers in bounded time: the process that asks must notice that MongoDB is away. */
@Injectable()
export class PartnersRepository {
  private readonly collection: Collection<PartnerRecord>;

  constructor(database: Database) {
    this.collection = database.collection(PARTNERS);
  }

  /** Makes a partner; `undefined` when the id is taken. */
  async insert(id: string, content: PartnerContent): Promise<StoredPartner | undefined> {
    const now = new Date();
    const record = { _id: id, ...content, revision: 1, createdAt: now, updatedAt: now };
    try {
      await this.collection.insertOne(record);
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
    return toStoredPartner(record);
  }

  /** Puts new content in the place of exactly that version; `undefined` when somebody else was first. */
  async replace(current: StoredPartner, content: PartnerContent): Promise<StoredPartner | undefined> {
    const change = {
      document: content.document,
      secrets: content.secrets,
      ...(content.appliedFile !== undefined && { appliedFile: content.appliedFile }),
      revision: current.revision + 1,
      updatedAt: new Date(),
    };
    const { matchedCount } = await this.collection.updateOne(
      { _id: current.id, revision: current.revision, createdAt: current.createdAt },
      { $set: change },
    );
    return matchedCount === 1 ? { ...current, ...change } : undefined;
  }

  /** Removes exactly that version; false when somebody else was first. */
  async remove(current: StoredPartner): Promise<boolean> {
    const { deletedCount } = await this.collection.deleteOne({
      _id: current.id,
      revision: current.revision,
      createdAt: current.createdAt,
    });
    return deletedCount === 1;
  }

  /** Whether its events wait; a pause that is there already keeps its beginning. Gives the partner as it is now. */
  async setPaused(id: string, pause: QueuePause | undefined): Promise<StoredPartner | undefined> {
    const change = pause === undefined ? { $unset: { paused: true } as const } : { $set: { paused: pause } };
    await this.collection.updateOne({ _id: id, paused: { $exists: pause === undefined } }, change);
    return this.findById(id);
  }

  async findById(id: string): Promise<StoredPartner | undefined> {
    const record = await this.collection.findOne(
      { _id: id },
      { signal: AbortSignal.timeout(READ_TIMEOUT_MS) },
    );
    return record === null ? undefined : toStoredPartner(record);
  }

  async findByIds(ids: readonly string[]): Promise<readonly StoredPartner[]> {
    const records = this.collection.find(
      { _id: { $in: [...ids] } },
      { signal: AbortSignal.timeout(READ_TIMEOUT_MS) },
    );
    return records.map(toStoredPartner).toArray();
  }

  /** The state of every partner, by id: cheap enough to be asked again and again. */
  async states(): Promise<ReadonlyMap<string, string>> {
    const found = await this.collection
      .find(
        {},
        {
          projection: { revision: 1, createdAt: 1, paused: 1 },
          signal: AbortSignal.timeout(READ_TIMEOUT_MS),
        },
      )
      .toArray();
    return new Map(found.map((record) => [record._id, stateOf(record)]));
  }

  /** One page of all partners, newest first. */
  async page(limit: number, after?: ListPosition): Promise<readonly StoredPartner[]> {
    const older = olderThan(after, (createdAt) => ({ createdAt }));
    const found = this.collection
      .find(older, { signal: AbortSignal.timeout(READ_TIMEOUT_MS) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit);
    return found.map(toStoredPartner).toArray();
  }
}
