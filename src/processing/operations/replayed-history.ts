import { Injectable } from '@nestjs/common';
import { type NewEntry, type ReplayItem } from '#domain/replay/replay-item';
import { HistoryRevisionRepository } from '#domain/shipments/history-revision.repository';
import { shipmentIdOf } from '#domain/shipments/shipment';
import { type RecordedShipmentEvent } from '#domain/shipments/shipment-event';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRebuilder } from './shipment-rebuilder';

/** Brings the history up to new readings, and then the shipments up to the history. */
@Injectable()
export class ReplayedHistory {
  constructor(
    private readonly history: ShipmentHistoryRepository,
    private readonly revisions: HistoryRevisionRepository,
    private readonly rebuilder: ShipmentRebuilder,
  ) {}

  /**
   * Gives the parcels that could not be rebuilt. All parcels are looked at, not only those with news: a crash may lie
   * between the history and the shipment. For the same reason what was written since `since` counts as news. What is
   * new comes before what it supersedes, so that nobody ever finds neither.
   */
  async follow(items: readonly ReplayItem[], since: Date): Promise<ReadonlySet<string>> {
    await this.history.append(items.flatMap(({ added }) => added.map(dated)));
    await this.revisions.revise(items.flatMap(({ revised }) => revised));
    await this.revisions.supersede(items.flatMap(({ superseded }) => superseded));
    const parcels = new Set(items.flatMap(({ shipmentEvents }) => shipmentEvents.map(shipmentIdOf)));
    const { failed } = await this.rebuilder.rebuild([...parcels], newsIn(items, since));
    return new Set(failed);
  }
}

/** An entry that goes on for another one is a revision of it. */
const dated = (entry: NewEntry) => (entry.recordedAt ? { ...entry, revisedAt: new Date() } : entry);

function newsIn(items: readonly ReplayItem[], since: Date): ReadonlySet<string> {
  const isNews = ({ recordedAt, revisedAt = recordedAt }: RecordedShipmentEvent): boolean =>
    revisedAt >= since;
  const news = items.flatMap(({ added, revised, superseded, held }) => [
    ...added,
    ...revised,
    ...superseded,
    ...held.filter(isNews),
  ]);
  return new Set(news.map(shipmentIdOf));
}
