import { Injectable } from '@nestjs/common';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { type ParcelFilter } from './parcel-filter';
import { ParcelsRepository } from './parcels.repository';
import { shipmentIdOf } from './shipment';
import { ShipmentRepository } from './shipment.repository';

export interface ParcelPage {
  readonly ids: readonly string[];
  /** The next page begins after this one; `undefined`: there is none. */
  readonly next: string | undefined;
}

/** Which parcels a filter means: those of the history, for a shipment may be missing. */
@Injectable()
export class ParcelsToRebuild {
  constructor(
    private readonly parcels: ParcelsRepository,
    private readonly shipments: ShipmentRepository,
    private readonly partners: PartnersRepository,
  ) {}

  async count({ partnerId, trackingNumber }: ParcelFilter): Promise<number> {
    if (trackingNumber === undefined) return this.parcels.count(partnerId);
    return (await this.numbered(trackingNumber, partnerId)).length;
  }

  async page(filter: ParcelFilter, after: string | undefined, limit: number): Promise<ParcelPage> {
    const { partnerId, trackingNumber } = filter;
    if (trackingNumber !== undefined) {
      return { ids: await this.numbered(trackingNumber, partnerId), next: undefined };
    }
    const found = await this.parcels.after(after, limit + 1, partnerId);
    const ids = found.slice(0, limit);
    return { ids, next: found.length > limit ? ids.at(-1) : undefined };
  }

  /**
   * The history is not indexed by number alone. Asked for are the parcel of every partner that there is, and of those
   * that are gone but have a shipment of that number.
   */
  private async numbered(trackingNumber: string, partnerId?: string): Promise<readonly string[]> {
    if (partnerId !== undefined) return this.parcels.among([shipmentIdOf({ partnerId, trackingNumber })]);
    const partners = [...(await this.partners.states()).keys()];
    const ids = [
      ...partners.map((id) => shipmentIdOf({ partnerId: id, trackingNumber })),
      ...(await this.shipments.idsByTrackingNumber(trackingNumber)),
    ];
    return this.parcels.among([...new Set(ids)]);
  }
}
