import { Injectable } from '@nestjs/common';
import {
  type EventQuery,
  EventReviewRepository,
  type EventSummary,
} from '#domain/events/event-review.repository';
import { type InboundEvent } from '#domain/events/inbound-event';
import { LIST_POSITION } from '#domain/listing/list-position';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { type Page, pageBy } from '#platform/http/pagination';
import { ProblemError } from '#platform/http/problem';
import { type EventFilter } from './event-filter';

/** Far more than any parcel has; keeps one odd number from filling the memory. */
const MAX_EVENTS_OF_A_PARCEL = 10_000;

/** What people ask the journal. */
@Injectable()
export class FindEvents {
  constructor(
    private readonly events: EventReviewRepository,
    private readonly shipments: ShipmentRepository,
    private readonly history: ShipmentHistoryRepository,
  ) {}

  /** Newest first. */
  async page(filter: EventFilter): Promise<Page<EventSummary>> {
    const query = await this.queryOf(filter);
    return pageBy(filter, {
      form: LIST_POSITION,
      find: (limit, after) => this.events.list(query, limit, after),
      positionOf: ({ receivedAt, eventId }) => ({ at: receivedAt, id: eventId }),
    });
  }

  async one(eventId: string): Promise<InboundEvent> {
    const event = await this.events.find(eventId);
    if (event) return event;
    throw new ProblemError(
      'NOT_FOUND',
      `the journal holds no event ${eventId}: it never came in, or its time of keeping is over`,
    );
  }

  /** The journal does not know what its bodies are about; the history does. */
  private async queryOf({ trackingNumber, ...filter }: EventFilter): Promise<EventQuery> {
    if (trackingNumber === undefined) return filter;
    const parcels = await this.shipments.idsByTrackingNumber(trackingNumber, filter.partnerId);
    const eventIds = await this.history.inboundEventIds(parcels, MAX_EVENTS_OF_A_PARCEL);
    return { ...filter, eventIds };
  }
}
