import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { BSON, type Collection } from 'mongodb';
import { Database } from '#platform/mongo/database';
import { type RecordedShipmentEvent, type Routing, type ShipmentEvent } from './shipment-event';
import {
  historyIdOf,
  SHIPMENT_EVENTS,
  type ShipmentEventDocument,
  toRecordedEvent,
} from './shipments.schema';

/** What of an entry may be missing, so that a new reading must take it away. */
const OPTIONAL = ['orderId', 'shipmentId', 'location', 'description', 'attributes'] as const;

/** What was read of the partner's words; not what was decided about it, nor when. */
function told(entry: RecordedShipmentEvent): ShipmentEvent {
  const { recordedAt, revisedAt, supersededAt, routing, ...event } = entry;
  return event;
}

/**
 * The only ways in which entries of the history ever change: by a new reading of the event that told them, and by what
 * is decided about one that became the state later than it came.
 */
@Injectable()
export class HistoryRevisionRepository {
  private readonly collection: Collection<ShipmentEventDocument>;

  constructor(database: Database) {
    this.collection = database.collection(SHIPMENT_EVENTS);
  }

  /** Everything that was ever told of these parcels, superseded entries included. */
  async entriesOf(parcels: readonly string[]): Promise<readonly RecordedShipmentEvent[]> {
    const documents = await this.collection.find({ parcel: { $in: [...parcels] } }).toArray();
    return documents.map(toRecordedEvent);
  }

  /** Whether an entry is what writing this reading would make of it. */
  says(entry: RecordedShipmentEvent, event: ShipmentEvent): boolean {
    // As it would come back: a store keeps neither prototypes nor ill-formed texts.
    const stored: unknown = BSON.deserialize(BSON.serialize(event, { ignoreUndefined: false }));
    return isDeepStrictEqual(told(entry), stored);
  }

  /** The reading takes the place of the one before; only of the same inbound event, or where that was superseded. */
  async revise(events: readonly ShipmentEvent[]): Promise<void> {
    const revisedAt = new Date();
    await this.write(
      events.map((event) => ({
        filter: {
          _id: historyIdOf(event),
          $or: [{ eventId: event.eventId }, { supersededAt: { $exists: true } }],
        },
        update: { $set: { ...event, revisedAt }, $unset: { ...absentOf(event), supersededAt: '' } },
      })),
    );
  }

  /** What their inbound event told of the parcel is told in other words now. */
  async supersede(entries: readonly RecordedShipmentEvent[]): Promise<void> {
    const supersededAt = new Date();
    await this.write(
      entries.map((entry) => ({
        filter: { _id: historyIdOf(entry), eventId: entry.eventId },
        update: { $set: { supersededAt } },
      })),
    );
  }

  /** Gives the event as the history has it from now on. */
  async decide<T extends ShipmentEvent>(event: T, routing: Routing): Promise<T> {
    await this.write([{ filter: { _id: historyIdOf(event) }, update: { $set: { routing } } }]);
    return { ...event, routing };
  }

  private async write(updates: readonly { filter: object; update: object }[]): Promise<void> {
    if (updates.length === 0) return;
    await this.collection.bulkWrite(
      updates.map((updateOne) => ({ updateOne })),
      { ordered: false },
    );
  }
}

const absentOf = (event: ShipmentEvent): Readonly<Record<string, ''>> =>
  Object.fromEntries(OPTIONAL.filter((name) => event[name] === undefined).map((name) => [name, '']));
