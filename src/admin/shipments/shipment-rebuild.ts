import { Injectable } from '@nestjs/common';
import { type Operation } from '#domain/operations/operation';
import { OperationRepository } from '#domain/operations/operation.repository';
import { ParcelsToRebuild } from '#domain/shipments/parcels-to-rebuild';
import { termsOf } from '../operations/operation-request';
import { type RebuildRequest } from './rebuild-request';

/** Has shipments made anew of their histories, by the workers. */
@Injectable()
export class ShipmentRebuild {
  constructor(
    private readonly parcels: ParcelsToRebuild,
    private readonly operations: OperationRepository,
  ) {}

  async start(request: RebuildRequest, requestedBy: string): Promise<Operation> {
    const { partnerId, trackingNumber } = request;
    const filter = {
      ...(partnerId === undefined ? {} : { partnerId }),
      ...(trackingNumber === undefined ? {} : { trackingNumber }),
    };
    const matched = await this.parcels.count(filter);
    const terms = termsOf(request);
    return this.operations.start({ kind: 'rebuild_shipments', filter, matched, ...terms, requestedBy });
  }
}
