/**
 * What a parcel's shipment must say, worked out from what was sent. Written from the description of the product and
 * sharing nothing with its code: one that copied it would agree with its mistakes.
 */
const RANKED = [
  ...['unknown', 'info_received', 'picked_up', 'in_transit', 'out_for_delivery', 'available_for_pickup'],
  ...['delivery_failed', 'exception', 'returned', 'cancelled', 'delivered'],
];
const FINAL = ['delivered', 'returned', 'cancelled'];

/** The event that is the state, or undefined where there is none: by time; within a moment the higher status is later. */
export function fold(events) {
  const inOrder = [...events].sort((a, b) => a.occurredAt - b.occurredAt || rank(a) - rank(b));
  return inOrder.reduce((state, event) => (replaces(state, event) ? event : state), undefined);
}

const rank = ({ status }) => RANKED.indexOf(status);

function replaces(state, event) {
  if (state === undefined) return true;
  if (event.status === 'unknown') return false;
  if (!FINAL.includes(state.status)) return true;
  return event.correction || event.status === 'returned';
}
