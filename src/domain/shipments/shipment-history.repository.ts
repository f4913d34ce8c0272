import { Injectable } from '@nestjs/common';
import { type Collection } from 'mongodb';
import { expiryAfterDays } from '#domain/events/event-retention';
import { Database } from '#platform/mongo/database';
import { duplicatePositions } from '#platform/mongo/write-errors';
import { HistoryRevisionRepository } from './history-revision.repository';
import { type Shipment, shipmentIdOf, type ShipmentKey } from './shipment';
import { type RecordedShipmentEvent, type ShipmentEvent } from './shipment-event';
import {
  historyIdOf,
  SHIPMENT_EVENTS,
  type ShipmentEventDocument,
  toRecordedEvent,
} from './shipments.schema';

export interface HistoryRetentionSettings {
  /** `undefined`: the history is kept for ever. */
  readonly historyTtlDays: number | undefined;
}

/** The event that told it tells something else now; that another one tells the same makes it count again. */
const isToldAnew = ({ eventId }: ShipmentEvent, held: RecordedShipmentEvent): boolean =>
  held.supersededAt !== undefined && held.eventId !== eventId;

/** What happened to parcels. Here it is only appended to; what replays change in it is in HistoryRevisionRepository. */
@Injectable()
export class ShipmentHistoryRepository {
  private readonly collection: Collection<ShipmentEventDocument>;
  private readonly review: Collection<ShipmentEventDocument>;

  constructor(
    database: Database,
    private readonly revisions: HistoryRevisionRepository,
    private readonly retention: HistoryRetentionSettings,
  ) {
    this.collection = database.collection(SHIPMENT_EVENTS);
    this.review = database.reviewCollection(SHIPMENT_EVENTS);
  }

  /**
   * What the history already has stays as it is, unless it was superseded and another event tells it anew; what was
   * recorded before, in other words, may say when. Gives them as the history holds them from now on, without what counts
   * for nothing there.
   */
  async append(
    events: readonly (ShipmentEvent & Partial<RecordedShipmentEvent>)[],
  ): Promise<readonly ShipmentEvent[]> {
    if (events.length === 0) return events;
    const now = new Date();
    const documents = events.map((event) => this.toDocument(event, event.recordedAt ?? now));
    try {
      await this.collection.insertMany(documents, { ordered: false });
      return events;
    } catch (error) {
      const told = new Set(duplicatePositions(error));
      const known = events.filter((_, position) => told.has(position));
      const held = await this.recorded(known);
      await this.revisions.revise(known.filter((event) => !held.has(historyIdOf(event))));
      const standing = events.map((event, at) =>
        told.has(at) ? (held.get(historyIdOf(event)) ?? event) : event,
      );
      return standing.filter((event) => !('supersededAt' in event));
    }
  }

  /** Those of these events that the history has already, by `historyIdOf`; not what they tell anew. */
  async recorded(events: readonly ShipmentEvent[]): Promise<ReadonlyMap<string, RecordedShipmentEvent>> {
    const ids = events.map(historyIdOf);
    const documents = await this.collection.find({ _id: { $in: ids } }).toArray();
    const known = new Map(documents.map((document) => [document._id, toRecordedEvent(document)]));
    for (const event of events) {
      const held = known.get(historyIdOf(event));
      if (held !== undefined && isToldAnew(event, held)) known.delete(historyIdOf(event));
    }
    return known;
  }

  /** Whole histories, by the shipment's id, without what a replay has superseded. */
  async ofShipments(shipmentIds: readonly string[]): Promise<ReadonlyMap<string, RecordedShipmentEvent[]>> {
    const histories = new Map<string, RecordedShipmentEvent[]>(shipmentIds.map((id) => [id, []]));
    const counting = { parcel: { $in: [...shipmentIds] }, supersededAt: { $exists: false } };
    for await (const document of this.collection.find(counting)) {
      histories.get(document.parcel)?.push(toRecordedEvent(document));
    }
    return histories;
  }

  /**
   * For lists: the inbound events that told something about these parcels, those of the newest happenings first.
   */
  async inboundEventIds(shipmentIds: readonly string[], limit: number): Promise<readonly string[]> {
    const documents = await this.review
      .find({ parcel: { $in: [...shipmentIds] } }, { projection: { eventId: 1 } })
      .sort({ orderedAt: -1 })
      .limit(limit)
      .toArray();
    return [...new Set(documents.map(({ eventId }) => eventId))];
  }

  /** False where some of what was recorded about this shipment may have expired. */
  isWhole({ createdAt }: Pick<Shipment, 'createdAt'>): boolean {
    const days = this.retention.historyTtlDays;
    // Not `>=`: a date that was damaged by hand makes no shipment old.
    return days === undefined || !(createdAt < expiryAfterDays(new Date(), -days));
  }

  async timeline(key: ShipmentKey): Promise<readonly RecordedShipmentEvent[]> {
    const id = shipmentIdOf(key);
    return (await this.ofShipments([id])).get(id) ?? [];
  }

  private toDocument(event: ShipmentEvent, recordedAt: Date): ShipmentEventDocument {
    const days = this.retention.historyTtlDays;
    return {
      _id: historyIdOf(event),
      parcel: shipmentIdOf(event),
      ...(days === undefined ? {} : { expiresAt: expiryAfterDays(recordedAt, days) }),
      recordedAt,
      ...event,
    };
  }
}
