import { SHIPMENT_STATUSES, type ShipmentStatus } from '#domain/shipments/shipment-status';
import { type KeptRequest, type ParsedBody } from '../compiled-partner';
import { type PrioritySpec } from '../document/partner-document';
import { type RequestScope } from '../mapping/mapping-form';
import { scopeOf } from './kept-text';
import { type Versions } from './versions';

const USUAL = 5;

export type PriorityReader = (kept: KeptRequest, parsed: ParsedBody) => number;

type StatusReader = (scope: RequestScope) => ShipmentStatus | null;

/** What cannot be mapped is not urgent; why it cannot is said when it is mapped. */
function statusOrNone(read: StatusReader | undefined, scope: RequestScope): ShipmentStatus | null {
  try {
    return read === undefined ? null : read(scope);
  } catch {
    return null;
  }
}

export function compilePriority(spec: PrioritySpec, versions: Versions): PriorityReader {
  const usual = spec.default ?? USUAL;
  if (SHIPMENT_STATUSES.every((status) => spec[status] === undefined)) return () => usual;
  const readers = new Map(versions.all().map((mapping) => [mapping, mapping.firstStatus(spec.from)]));
  return (kept, parsed) => {
    const mapping = versions.find(versions.versionOf(kept, parsed));
    const status = mapping && statusOrNone(readers.get(mapping), scopeOf(kept, parsed));
    return (status && spec[status]) ?? usual;
  };
}
