import { foldHistory } from '#domain/shipments/fold';
import { type RecordedShipmentEvent, type ShipmentEvent } from '#domain/shipments/shipment-event';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { type AdminApp } from './admin-app';

/** Histories and what they fold to, as the worker leaves them: each call of `told` is one batch. */
export class ToldHistory {
  private readonly history: ShipmentHistoryRepository;
  private readonly shipments: ShipmentRepository;

  constructor({ nest }: AdminApp) {
    this.history = nest.get(ShipmentHistoryRepository);
    this.shipments = nest.get(ShipmentRepository);
  }

  async told(...events: readonly ShipmentEvent[]): Promise<void> {
    await this.history.append(events);
    for (const { partnerId, trackingNumber } of events) await this.project({ partnerId, trackingNumber });
  }

  private async project(key: { readonly partnerId: string; readonly trackingNumber: string }): Promise<void> {
    const history: readonly RecordedShipmentEvent[] = await this.history.timeline(key);
    const known = await this.shipments.find(key);
    const lost = await this.shipments.save([
      {
        key,
        from: known?.version ?? 0,
        createdAt: known?.createdAt ?? new Date(),
        updatedAt: new Date(),
        state: foldHistory(history),
      },
    ]);
    expect(lost).toEqual([]);
  }
}
