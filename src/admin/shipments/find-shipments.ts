import { Injectable } from '@nestjs/common';
import { readPosition, writePosition } from '#domain/listing/list-position';
import { type Shipment, shipmentIdOf, type ShipmentKey } from '#domain/shipments/shipment';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { type TimelineEntry, timelineOf } from '#domain/shipments/timeline';
import { decodeCursor, type Page, toPage } from '#platform/http/pagination';
import { ProblemError } from '#platform/http/problem';
import { type ShipmentFilter } from './shipment-filter';

/** What people ask about parcels. */
@Injectable()
export class FindShipments {
  constructor(
    private readonly shipments: ShipmentRepository,
    private readonly history: ShipmentHistoryRepository,
  ) {}

  /** Newest change first. */
  async page(filter: ShipmentFilter): Promise<Page<Shipment>> {
    const { limit, cursor } = filter;
    const after = cursor === undefined ? undefined : decodeCursor(cursor, readPosition);
    const found = await this.shipments.list(filter, limit + 1, after);
    return toPage(found, limit, (shipment) =>
      writePosition({ at: shipment.updatedAt, id: shipmentIdOf(shipment) }),
    );
  }

  async one(key: ShipmentKey): Promise<Shipment> {
    const shipment = await this.shipments.find(key);
    if (shipment) return shipment;
    throw new ProblemError(
      'NOT_FOUND',
      `partner ${key.partnerId} has no shipment ${key.trackingNumber}: check both, ` +
        'and that the tracking number is percent-encoded in the path',
    );
  }

  async timeline(key: ShipmentKey): Promise<readonly TimelineEntry[]> {
    const history = await this.history.timeline(key);
    // A history may have expired while the shipment is kept; that is not the same as an unknown parcel.
    if (history.length === 0) await this.one(key);
    return timelineOf(history);
  }
}
