import { Injectable } from '@nestjs/common';
import { type Collection } from 'mongodb';
import { Database } from '#platform/mongo/database';
import { isOutOfTime } from '#platform/mongo/out-of-time';
import {
  SHIPMENT_EVENTS,
  type ShipmentDocument,
  type ShipmentEventDocument,
  SHIPMENTS,
} from './shipments.schema';

/** Somebody waits for the number. */
const COUNT_WITHIN_MS = 5_000;
const BATCH = 1_000;

/** Ids of one partner's parcels lie between these; of all partners', after the empty text. */
const rangeOf = (partnerId: string | undefined, after?: string) =>
  partnerId === undefined ? { $gt: after ?? '' } : { $gt: after ?? `${partnerId}/`, $lt: `${partnerId}0` };

/** Parcels that the history knows, whether or not there is a shipment of them; by the id of the shipment. */
@Injectable()
export class ParcelsRepository {
  private readonly history: Collection<ShipmentEventDocument>;
  private readonly shipments: Collection<ShipmentDocument>;

  constructor(database: Database) {
    this.history = database.collection(SHIPMENT_EVENTS);
    this.shipments = database.collection(SHIPMENTS);
  }

  /** Where counting would take too long, the number of shipments: hardly ever another one. */
  async count(partnerId?: string): Promise<number> {
    const range = rangeOf(partnerId);
    try {
      const [counted] = await this.history
        .aggregate<{ parcels: number }>(
          [{ $match: { parcel: range } }, { $group: { _id: '$parcel' } }, { $count: 'parcels' }],
          { maxTimeMS: COUNT_WITHIN_MS },
        )
        .toArray();
      return counted?.parcels ?? 0;
    } catch (error) {
      if (!isOutOfTime(error)) throw error;
      return this.shipments.countDocuments({ _id: range });
    }
  }

  /** The next ones in the order of their ids, read off the index. */
  async after(after: string | undefined, limit: number, partnerId?: string): Promise<readonly string[]> {
    const found = new Set<string>();
    const entries = this.history
      .find({ parcel: rangeOf(partnerId, after) }, { projection: { _id: 0, parcel: 1 }, batchSize: BATCH })
      .sort({ parcel: 1, orderedAt: 1 });
    for await (const { parcel } of entries) {
      if (found.size === limit && !found.has(parcel)) break;
      found.add(parcel);
    }
    return [...found];
  }

  /** Those of these that have a history. */
  async among(ids: readonly string[]): Promise<readonly string[]> {
    return this.history.distinct('parcel', { parcel: { $in: [...ids] } });
  }

  /**
   * A shipment whose version was lost cannot be written by anybody, for every write names the version that it was made
   * from: gives such ones a version again.
   */
  async numberVersions(ids: readonly string[]): Promise<void> {
    await this.shipments.updateMany(
      // Also what is no number is not at least 1.
      { _id: { $in: [...ids] }, version: { $not: { $gte: 1 } } },
      { $set: { version: 0 } },
    );
  }
}
