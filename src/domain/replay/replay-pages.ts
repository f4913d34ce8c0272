import { Injectable } from '@nestjs/common';
import { type InboundEvent } from '#domain/events/inbound-event';
import { type ListPosition } from '#domain/listing/list-position';
import { HistoryRevisionRepository } from '#domain/shipments/history-revision.repository';
import { shipmentIdOf } from '#domain/shipments/shipment';
import { groupBy } from '#platform/grouping/group-by';
import { KeptEventReader, type KeptReading } from './kept-event-reader';
import { KeptEventsRepository } from './kept-events.repository';
import { type ReplayFilter } from './replay-filter';
import { itemOf, type ReplayItem } from './replay-item';

/** A slow mapping makes a page shorter, not longer. */
const READ_WITHIN_MS = 2_000;

export interface ReplayPage {
  readonly items: readonly ReplayItem[];
  /** The next page begins after this; `undefined`: there is none. */
  readonly next: ListPosition | undefined;
}

/** Kept events, read by the mapping of today, beside what the history holds of them. */
@Injectable()
export class ReplayPages {
  constructor(
    private readonly kept: KeptEventsRepository,
    private readonly reader: KeptEventReader,
    private readonly history: HistoryRevisionRepository,
  ) {}

  async page(filter: ReplayFilter, limit: number, after?: ListPosition): Promise<ReplayPage> {
    const { events, next } = await this.kept.page(filter, limit, after);
    const readings = await this.read(events);
    const items = await this.compared(readings);
    return { items, next: readings.length < events.length ? placeOf(readings.at(-1)) : next };
  }

  /** One after the other: together they would not be done sooner. */
  private async read(events: readonly InboundEvent[]): Promise<readonly KeptReading[]> {
    const until = performance.now() + READ_WITHIN_MS;
    const readings: KeptReading[] = [];
    for (const event of events) {
      if (readings.length > 0 && performance.now() > until) break;
      readings.push(await this.reader.read(event));
    }
    return readings;
  }

  private async compared(readings: readonly KeptReading[]): Promise<readonly ReplayItem[]> {
    const parcels = new Set(readings.flatMap(parcelsOf));
    const entries = groupBy(await this.history.entriesOf([...parcels]), shipmentIdOf);
    const says = this.history.says.bind(this.history);
    return readings.map((reading) => {
      const own = [...new Set(parcelsOf(reading))].flatMap((parcel) => entries.get(parcel) ?? []);
      return itemOf(reading, own, says);
    });
  }
}

const parcelsOf = ({ shipmentEvents }: KeptReading): readonly string[] => shipmentEvents.map(shipmentIdOf);

const placeOf = (reading: KeptReading | undefined): ListPosition | undefined =>
  reading && { at: reading.event.receivedAt, id: reading.event.eventId };
