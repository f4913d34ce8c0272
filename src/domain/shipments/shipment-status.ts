/** Canonical statuses, lowest rank first. `unknown` ranks below all: it never replaces a known state. */
export const RANKED_STATUSES = [
  'info_received',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'available_for_pickup',
  'delivery_failed',
  'exception',
  'returned',
  'cancelled',
  'delivered',
] as const;

export const SHIPMENT_STATUSES = [...RANKED_STATUSES, 'unknown'] as const;
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];

const RANKS: ReadonlyMap<ShipmentStatus | null, number> = new Map(
  RANKED_STATUSES.map((status, index) => [status, index + 1]),
);

/** Rank of a status for ordering events of the same moment; `unknown` and no status are 0. */
export const rankOf = (status: ShipmentStatus | null): number => RANKS.get(status) ?? 0;

/** States that only an explicit correction or a return may leave. */
export const isTerminal = (status: ShipmentStatus | null): boolean =>
  status === 'delivered' || status === 'returned' || status === 'cancelled';
