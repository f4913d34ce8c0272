import { DEAD_LETTERS } from '#domain/dead-letters/dead-letters.schema';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { OPERATIONS } from '#domain/operations/operations.schema';
import { PARTNERS } from '#domain/partners/partners.schema';
import { SECRET_USES } from '#domain/partners/secret-uses.schema';
import { SHIPMENT_EVENTS, SHIPMENTS } from '#domain/shipments/shipments.schema';
import { LEASES } from '#platform/mongo/leases.schema';

/** Every collection that there is; `migrate` creates these and their indexes. */
export const COLLECTIONS = [
  INBOUND_EVENTS,
  SHIPMENT_EVENTS,
  SHIPMENTS,
  DEAD_LETTERS,
  PARTNERS,
  SECRET_USES,
  OPERATIONS,
  LEASES,
] as const;
