import { createHash } from 'node:crypto';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { SHIPMENT_STATUSES } from '#domain/shipments/shipment-status';
import { aShipmentEvent } from '../builders/a-shipment-event';

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

const STATUSES = [null, ...SHIPMENT_STATUSES];
const PER_PARCEL = 6;
const PARTNERS = ['acme', 'nordpost', 'acme-2'];

/** Some things happen in the same minute, some without a status, some are corrections, some name orders. */
function anEvent(parcel: number, nth: number, random: () => number): ShipmentEvent {
  const status = STATUSES[Math.floor(random() * STATUSES.length)] ?? null;
  const told = createHash('sha1').update(`${parcel}/${nth}`).digest('hex').slice(0, 12);
  return aShipmentEvent({
    partnerId: PARTNERS[parcel % PARTNERS.length] ?? 'acme',
    trackingNumber: `T-${parcel}`,
    eventKey: `${parcel}-${nth}`,
    eventId: `evt_${told}`,
    minute: Math.floor(random() * 8),
    status,
    partnerStatus: status === null ? null : `WORD ${nth}`,
    correction: random() < 0.15,
    ...(random() < 0.3 ? { orderId: `O-${Math.floor(random() * 3)}` } : {}),
    ...(random() < 0.3 ? { location: 'Leipzig', description: 'sorted' } : {}),
  });
}

/** So many things that happened to parcels of several partners, in the order in which they are told. */
export function historyOf(events: number, random: () => number): readonly ShipmentEvent[] {
  const told = Array.from({ length: events }, (_, n) =>
    anEvent(Math.floor(n / PER_PARCEL), n % PER_PARCEL, random),
  );
  return shuffled(told, random);
}
