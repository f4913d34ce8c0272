import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LIST_POSITION } from '#domain/listing/list-position';
import { foldHistory } from '#domain/shipments/fold';
import { type Shipment, shipmentIdOf, type ShipmentKey } from '#domain/shipments/shipment';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { type TimelineEntry, timelineOf } from '#domain/shipments/timeline';
import { type Page, pageBy } from '#platform/http/pagination';
import { ProblemError } from '#platform/http/problem';
import { type ShipmentFilter } from './shipment-filter';

/** Far more than it takes; a shipment that was spoilt never follows. */
const FOLLOWS_WITHIN_MS = 500;
const LOOK_EVERY_MS = 20;

/** What people ask about parcels. */
@Injectable()
export class FindShipments {
  constructor(
    private readonly shipments: ShipmentRepository,
    private readonly history: ShipmentHistoryRepository,
  ) {}

  /** Newest change first. */
  async page(filter: ShipmentFilter): Promise<Page<Shipment>> {
    return pageBy(filter, {
      form: LIST_POSITION,
      find: (limit, after) => this.shipments.list(filter, limit, after),
      positionOf: (shipment) => ({ at: shipment.updatedAt, id: shipmentIdOf(shipment) }),
    });
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

  /**
   * The history is written before the shipment: the answer waits a moment until the shipment has followed, so that
   * nobody who looks at both finds the one ahead of the other.
   */
  async timeline(key: ShipmentKey): Promise<readonly TimelineEntry[]> {
    const history = await this.history.timeline(key);
    // A history may have expired while the shipment is kept; that is not the same as an unknown parcel.
    if (history.length === 0) await this.one(key);
    const state = foldHistory(history).place?.eventKey;
    for (const until = performance.now() + FOLLOWS_WITHIN_MS; performance.now() < until;) {
      if (hasFollowed(await this.shipments.find(key), state, history)) break;
      await pause(LOOK_EVERY_MS);
    }
    return timelineOf(history);
  }
}

/** Or is ahead by now: then its state is of an event that was not there yet. */
function hasFollowed(
  shipment: Shipment | undefined,
  state: string | undefined,
  history: readonly ShipmentEvent[],
): boolean {
  const told = shipment?.place?.eventKey;
  return told === state || (told !== undefined && history.every(({ eventKey }) => eventKey !== told));
}
