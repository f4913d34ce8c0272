import { Injectable } from '@nestjs/common';
import { type Collection } from 'mongodb';
import { expiryAfterDays } from '#domain/events/event-retention';
import { Database } from '#platform/mongo/database';
import { duplicatePositions } from '#platform/mongo/write-errors';
import { shipmentIdOf, type ShipmentKey } from './shipment';
import { type RecordedShipmentEvent, type ShipmentEvent } from './shipment-event';
import { SHIPMENT_EVENTS, type ShipmentEventDocument } from './shipments.schema';

export interface HistoryRetentionSettings {
  /** `undefined`: the history is kept for ever. */
  readonly historyTtlDays: number | undefined;
}

/** What happened to parcels, append-only. */
@Injectable()
export class ShipmentHistoryRepository {
  private readonly collection: Collection<ShipmentEventDocument>;
  private readonly review: Collection<ShipmentEventDocument>;

  constructor(
    database: Database,
    private readonly retention: HistoryRetentionSettings,
  ) {
    this.collection = database.collection(SHIPMENT_EVENTS);
    this.review = database.reviewCollection(SHIPMENT_EVENTS);
  }

  /** What the history already has stays as it is. */
  async append(events: readonly ShipmentEvent[]): Promise<void> {
    if (events.length === 0) return;
    const recordedAt = new Date();
    const documents = events.map((event) => this.toDocument(event, recordedAt));
    try {
      await this.collection.insertMany(documents, { ordered: false });
    } catch (error) {
      duplicatePositions(error);
    }
  }

  /** Whole histories, by the shipment's id. */
  async ofShipments(shipmentIds: readonly string[]): Promise<ReadonlyMap<string, RecordedShipmentEvent[]>> {
    const histories = new Map<string, RecordedShipmentEvent[]>(shipmentIds.map((id) => [id, []]));
    for await (const document of this.collection.find({ parcel: { $in: [...shipmentIds] } })) {
      histories.get(document.parcel)?.push(toEvent(document));
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

  async timeline(key: ShipmentKey): Promise<readonly RecordedShipmentEvent[]> {
    const id = shipmentIdOf(key);
    return (await this.ofShipments([id])).get(id) ?? [];
  }

  private toDocument(event: ShipmentEvent, recordedAt: Date): ShipmentEventDocument {
    const days = this.retention.historyTtlDays;
    return {
      _id: `${event.partnerId}/${event.eventKey}`,
      parcel: shipmentIdOf(event),
      ...event,
      recordedAt,
      ...(days === undefined ? {} : { expiresAt: expiryAfterDays(recordedAt, days) }),
    };
  }
}

function toEvent(document: ShipmentEventDocument): RecordedShipmentEvent {
  const { _id, parcel, expiresAt, ...event } = document;
  return event;
}
