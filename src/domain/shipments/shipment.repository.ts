import { Injectable } from '@nestjs/common';
import { type Collection, type Filter } from 'mongodb';
import { type ListPosition } from '#domain/listing/list-position';
import { olderThan } from '#domain/listing/older-than';
import { SINGLE_READ } from '#domain/listing/single-read';
import { Database } from '#platform/mongo/database';
import { duplicatePositions } from '#platform/mongo/write-errors';
import { type ShipmentState } from './fold';
import { type Shipment, shipmentIdOf, type ShipmentKey } from './shipment';
import { SHIPMENT_STATUSES, type ShipmentStatus } from './shipment-status';
import { SHIPMENTS, type ShipmentDocument } from './shipments.schema';

/** A new state, made from version `from` (`undefined`: there was no shipment yet). */
export interface ShipmentChange {
  readonly key: ShipmentKey;
  readonly from: number | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly state: ShipmentState;
}

export interface ShipmentQuery {
  readonly partnerId?: string;
  readonly status?: ShipmentStatus;
  readonly trackingNumber?: string;
  readonly orderId?: string;
}

/** Current states. Writes are conditional on the version that they were made from. */
@Injectable()
export class ShipmentRepository {
  private readonly collection: Collection<ShipmentDocument>;
  private readonly review: Collection<ShipmentDocument>;

  constructor(database: Database) {
    this.collection = database.collection(SHIPMENTS);
    this.review = database.reviewCollection(SHIPMENTS);
  }

  /** By id; a parcel without a shipment is left out. */
  async load(ids: readonly string[]): Promise<ReadonlyMap<string, Shipment>> {
    const documents = await this.collection
      .find({ _id: { $in: [...ids] } }, { batchSize: ids.length + 1 })
      .toArray();
    return new Map(documents.map((document) => [document._id, toShipment(document)]));
  }

  /** Gives the ids of those that another writer had changed meanwhile: nothing was written there. */
  async save(changes: readonly ShipmentChange[]): Promise<readonly string[]> {
    const fresh = changes.filter(({ from }) => from === undefined);
    const known = changes.filter(({ from }) => from !== undefined);
    return [...(await this.create(fresh)), ...(await this.replace(known))];
  }

  private async replace(changes: readonly ShipmentChange[]): Promise<readonly string[]> {
    const operations = changes.map((change) => ({
      replaceOne: {
        filter: { _id: shipmentIdOf(change.key), version: change.from ?? 0 },
        replacement: fieldsOf(change),
        // Where the version is another one, the upsert meets the existing id: that is how a lost race shows.
        upsert: true,
      },
    }));
    return lostOf(changes, () => this.collection.bulkWrite(operations, { ordered: false }));
  }

  /** Inserted rather than upserted: that costs the server a fifth. */
  private async create(changes: readonly ShipmentChange[]): Promise<readonly string[]> {
    const documents = changes.map((change) => ({ _id: shipmentIdOf(change.key), ...fieldsOf(change) }));
    return lostOf(changes, () => this.collection.insertMany(documents, { ordered: false }));
  }

  async find(key: ShipmentKey): Promise<Shipment | undefined> {
    const document = await this.collection.findOne({ _id: shipmentIdOf(key) }, SINGLE_READ);
    return document ? toShipment(document) : undefined;
  }

  async idsByTrackingNumber(trackingNumber: string, partnerId?: string): Promise<readonly string[]> {
    const documents = await this.review
      .find({ trackingNumber, ...(partnerId === undefined ? {} : { partnerId }) }, { projection: { _id: 1 } })
      .toArray();
    return documents.map(({ _id }) => _id);
  }

  /** Newest change first; the time of a position is that of the change. */
  async list(query: ShipmentQuery, limit: number, after?: ListPosition): Promise<readonly Shipment[]> {
    const documents = await this.review
      .find({ ...filterOf(query), ...olderThan(after, (updatedAt) => ({ updatedAt })) })
      .sort({ updatedAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return documents.map(toShipment);
  }
}

const fieldsOf = ({ key, from, createdAt, updatedAt, state }: ShipmentChange) => ({
  partnerId: key.partnerId,
  trackingNumber: key.trackingNumber,
  version: (from ?? 0) + 1,
  createdAt,
  updatedAt,
  ...state,
});

/** The ids of those that met an existing one. */
async function lostOf(
  changes: readonly ShipmentChange[],
  write: () => Promise<unknown>,
): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  try {
    await write();
    return [];
  } catch (error) {
    return duplicatePositions(error).flatMap((position) => {
      const change = changes[position];
      return change ? [shipmentIdOf(change.key)] : [];
    });
  }
}

function toShipment({ _id, ...shipment }: ShipmentDocument): Shipment {
  return shipment;
}

const filterOf = ({
  partnerId,
  status,
  trackingNumber,
  orderId,
}: ShipmentQuery): Filter<ShipmentDocument> => ({
  // The id begins with the partner, and both indexes that carry these lists have it: no further one is needed.
  ...(partnerId === undefined ? {} : { _id: { $gte: `${partnerId}/`, $lt: `${partnerId}0` } }),
  // Naming all states lets the server merge the newest of each along the index instead of sorting everything.
  status: status ?? { $in: [...SHIPMENT_STATUSES, null] },
  ...(trackingNumber === undefined ? {} : { trackingNumber }),
  ...(orderId === undefined ? {} : { 'orderId.value': orderId }),
});
