import { Injectable } from '@nestjs/common';
import { type OperationOf, type PageDone } from '#domain/operations/operation';
import { ParcelsToRebuild } from '#domain/shipments/parcels-to-rebuild';
import { type OperationWork } from './operation-work';
import { ShipmentRebuilder } from './shipment-rebuilder';

/** Makes shipments anew of their histories, parcel by parcel in the order of their ids. */
@Injectable()
export class RebuildShipments implements OperationWork<'rebuild_shipments'> {
  constructor(
    private readonly parcels: ParcelsToRebuild,
    private readonly rebuilder: ShipmentRebuilder,
  ) {}

  async page({ filter, cursor }: OperationOf<'rebuild_shipments'>, limit: number): Promise<PageDone> {
    const { ids, next } = await this.parcels.page(filter, cursor?.[0], limit);
    const { changed, failed } = await this.rebuilder.rebuild(ids);
    return {
      done: ids.length - failed.length,
      failed: failed.length,
      changed: changed.length,
      cursor: next === undefined ? undefined : [next],
    };
  }
}
