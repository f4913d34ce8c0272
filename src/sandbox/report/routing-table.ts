import { type ShipmentReport } from '../demo/shipments';
import { type Look } from './look';
import { table } from './table';

const HEADER = ['partner', 'parcel', 'goes next'];
const WIDEST = 80;

/** What the routing service decided about each parcel; empty where there is no decision to show. */
export function routingTable(shipments: readonly ShipmentReport[], look: Look): string {
  const rows = shipments.flatMap(({ partnerId, trackingNumber, decision }) => {
    if (decision === undefined) return [];
    const text = JSON.stringify(decision);
    return [[partnerId, trackingNumber, text.length > WIDEST ? `${text.slice(0, WIDEST)}…` : text]];
  });
  return rows.length === 0 ? '' : table(HEADER, rows, look);
}
