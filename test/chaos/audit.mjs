import { fold } from './fold.mjs';
import { FINISHED } from './quiet.mjs';

/** All but the bodies: where an entry has stopped shows why. */
const JOURNAL_FIELDS = { body: 0, headers: 0, query: 0 };

/** Reads the four collections, past the product's own code. */
export async function readStores(database) {
  const read = (name, fields) => database.collection(name).find({}, { projection: fields }).toArray();
  const [journal, history, shipments, deadLetters] = await Promise.all([
    read('inbound_events', JOURNAL_FIELDS),
    read('shipment_events', { location: 1 }),
    read('shipments', { trackingNumber: 1, status: 1, occurredAt: 1, location: 1 }),
    read('dead_letter_events', { reasonCode: 1 }),
  ]);
  return { journal, history, shipments, deadLetters };
}

/**
 * Compares what was promised with what the stores hold. Pure: the ledger's entries and the documents decide.
 *
 * - lost: acknowledged, but neither in the history nor a dead letter
 * - doubled: more than once in the history, acknowledged or not
 * - unfinished: journal entries that reached no end, and acknowledged events that have no entry
 * - different: shipments that are not the fold of what was sent
 */
export function audit(entries, { journal, history, shipments, deadLetters }) {
  const entryOf = new Map(journal.map((document) => [document._id, document]));
  const dead = new Set(deadLetters.map(({ _id }) => _id));
  // Which event it was shows in the history by what only this event says, acknowledged or not.
  const times = countBy(history, ({ location }) => location);
  const known = [...entries.values()].map((entry) => ({
    ...entry,
    applied: times.get(entry.event.location) ?? 0,
    deadLettered: [...entry.eventIds].some((id) => dead.has(id)),
    journal: entryOf.get(entry.receipt?.eventId),
  }));
  const acknowledged = known.filter(({ receipt }) => receipt !== undefined);
  const unfinished = journal.filter(({ status }) => !FINISHED.includes(status));
  return {
    acknowledged: acknowledged.length,
    applied: acknowledged.filter(({ applied }) => applied > 0).length,
    deadLettered: deadLetters.length,
    lost: acknowledged.filter(({ applied, deadLettered }) => applied === 0 && !deadLettered),
    doubled: known.filter(({ applied }) => applied > 1),
    unfinished: [...unfinished, ...acknowledged.filter((one) => !one.journal).map(missing)],
    strangers: strangersIn(times, entries),
    severalIds: known.filter(({ eventIds }) => eventIds.size > 1),
    ...compareShipments(known, shipments),
  };
}

const missing = ({ receipt }) => ({ _id: receipt.eventId, status: 'not in the journal' });

function countBy(list, keyOf) {
  const counts = new Map();
  for (const one of list) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}

/** In the history, but never sent. */
function strangersIn(times, entries) {
  const sent = new Set([...entries.values()].map(({ event }) => event.location));
  return [...times.keys()].filter((location) => !sent.has(location));
}

/**
 * What was acknowledged must show, unless it is a dead letter. What never got an answer may have been taken or not,
 * and which of both it was, only the history can tell.
 */
function compareShipments(known, shipments) {
  const shown = new Map(shipments.map((shipment) => [shipment.trackingNumber, shipment]));
  const counts = known.filter(
    ({ receipt, applied, deadLettered }) => (receipt && !deadLettered) || applied > 0,
  );
  const parcels = Map.groupBy?.(counts, parcelOf) ?? groupBy(counts, parcelOf);
  const different = [];
  for (const [trackingNumber, events] of parcels) {
    const expected = viewOf(fold(events.map(({ event }) => event)));
    const found = viewOf(shown.get(trackingNumber));
    shown.delete(trackingNumber);
    if (expected !== found) different.push({ trackingNumber, expected, found, events: events.map(told) });
  }
  for (const [trackingNumber, shipment] of shown)
    different.push({ trackingNumber, expected: 'no shipment', found: viewOf(shipment) });
  return { parcels: parcels.size, different };
}

const told = ({ event, receipt, applied }) => ({
  ...event,
  eventId: receipt?.eventId,
  timesInHistory: applied,
});

const parcelOf = ({ event }) => event.trackingNumber;

/** Node 20 has no Map.groupBy. */
function groupBy(list, keyOf) {
  const groups = new Map();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

const viewOf = (shipment) =>
  shipment === undefined
    ? 'no shipment'
    : `${shipment.status} at ${new Date(shipment.occurredAt).toISOString()}, ${shipment.location}`;
