import { comparePlaces, type EventPlace, placeOf } from './event-order';
import { type Routing, type ShipmentEvent } from './shipment-event';
import { isTerminal, type ShipmentStatus } from './shipment-status';

/** What a parcel's history says about it now. */
export interface ShipmentState {
  readonly status: ShipmentStatus | null;
  readonly partnerStatus: string | null;
  readonly occurredAt: Date | null;
  readonly occurredAtSource: 'partner' | 'received' | null;
  readonly location?: string;
  readonly description?: string;
  /** What was decided about the event that is the state. */
  readonly routing?: Routing;
  /** The inbound event that told the state. */
  readonly eventId: string | null;
  /** Place of the event that is the state; none while no event said anything about it. */
  readonly place: EventPlace | null;
  /** The newest order and shipment id that any event of the parcel named. */
  readonly orderId?: NamedAt;
  readonly shipmentId?: NamedAt;
}

/** A value with the place of the event that gave it, so that an older event never takes it back. */
export interface NamedAt {
  readonly value: string;
  readonly place: EventPlace;
}

export const NO_STATE: ShipmentState = {
  status: null,
  partnerStatus: null,
  occurredAt: null,
  occurredAtSource: null,
  eventId: null,
  place: null,
};

/**
 * The state after one more event, or `undefined` where only the whole history can tell: the event is older
 * than the state, or meets a terminal one.
 */
export function advance(state: ShipmentState, event: ShipmentEvent): ShipmentState | undefined {
  if (event.status === null) return withNames(state, event);
  if (state.place === null) return becomes(state, event);
  const order = comparePlaces(placeOf(event), state.place);
  if (order === 0) return withNames(state, event);
  if (order < 0 || isTerminal(state.status)) return undefined;
  return event.status === 'unknown' ? withNames(state, event) : becomes(state, event);
}

/** The state that a whole history gives; the order in which it is handed over does not matter. */
export const foldHistory = (history: readonly ShipmentEvent[]): ShipmentState => foldOnto(NO_STATE, history);

/** What the rest of a history makes of a state that stands for what is gone of it: nothing older replaces that. */
export function foldOnto(stands: ShipmentState, history: readonly ShipmentEvent[]): ShipmentState {
  const ordered = history
    .map((event) => ({ event, place: placeOf(event) }))
    .sort((a, b) => comparePlaces(a.place, b.place));
  let state = stands;
  for (const { event, place } of ordered) {
    const isLater = state.place === null || comparePlaces(place, state.place) > 0;
    state = isLater && mayBecome(state, event) ? becomes(state, event) : withNames(state, event);
  }
  return state;
}

/** Whether a later event changes the state that stands. */
function mayBecome(state: ShipmentState, event: ShipmentEvent): boolean {
  if (event.status === null) return false;
  if (state.place === null) return true;
  if (event.status === 'unknown') return false;
  return !isTerminal(state.status) || event.correction || event.status === 'returned';
}

function becomes(state: ShipmentState, event: ShipmentEvent): ShipmentState {
  return {
    status: event.status,
    partnerStatus: event.partnerStatus,
    occurredAt: event.occurredAt,
    occurredAtSource: event.occurredAtSource,
    eventId: event.eventId,
    place: placeOf(event),
    ...(event.location === undefined ? {} : { location: event.location }),
    ...(event.description === undefined ? {} : { description: event.description }),
    ...(event.routing === undefined ? {} : { routing: event.routing }),
    ...namesOf(state, event),
  };
}

function withNames(state: ShipmentState, event: ShipmentEvent): ShipmentState {
  const names = namesOf(state, event);
  if (names.orderId === state.orderId && names.shipmentId === state.shipmentId) return state;
  return { ...state, ...names };
}

function namesOf(state: ShipmentState, event: ShipmentEvent): Pick<ShipmentState, 'orderId' | 'shipmentId'> {
  const orderId = newest(state.orderId, event.orderId, event);
  const shipmentId = newest(state.shipmentId, event.shipmentId, event);
  return {
    ...(orderId === undefined ? {} : { orderId }),
    ...(shipmentId === undefined ? {} : { shipmentId }),
  };
}

function newest(
  known: NamedAt | undefined,
  value: string | undefined,
  event: ShipmentEvent,
): NamedAt | undefined {
  if (value === undefined) return known;
  const place = placeOf(event);
  return known !== undefined && comparePlaces(place, known.place) <= 0 ? known : { value, place };
}
