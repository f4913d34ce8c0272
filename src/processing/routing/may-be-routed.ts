import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { SHIPMENT_STATUSES } from '#domain/shipments/shipment-status';

/** Whether the routing service may be asked about any event of this partner. */
export const mayBeRouted = (partner: CompiledPartner): boolean =>
  SHIPMENT_STATUSES.some((status) => partner.routes(status));
