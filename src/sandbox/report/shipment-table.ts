import { type ShipmentReport } from '../demo/shipments';
import { type Look } from './look';
import { table } from './table';

const HEADER = ['partner', 'parcel', 'stands', 'when', 'what happened', "partner's word", 'note'];

/** Each parcel with its timeline, oldest first. */
export function shipmentTable(shipments: readonly ShipmentReport[], look: Look): string {
  const rows = shipments.flatMap(({ partnerId, trackingNumber, status, timeline }) => {
    const name = [partnerId, trackingNumber, look.paint('bold', status ?? 'none')];
    const moments = timeline.map(({ occurredAt, status: told, partnerStatus, late }, index) => [
      ...(index === 0 ? name : ['', '', '']),
      occurredAt ?? 'unknown',
      told ?? '-',
      partnerStatus ?? '-',
      late ? look.paint('yellow', 'came late') : '',
    ]);
    return moments.length === 0 ? [name] : moments;
  });
  return table(HEADER, rows, look);
}
