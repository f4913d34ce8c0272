import { type EventStatus, type InboundEvent, type NewInboundEvent } from '#domain/events/inbound-event';
import { INBOUND_EVENTS, newEntryDocument } from '#domain/events/inbound-events.schema';
import { type OperationOf } from '#domain/operations/operation';
import { type StoredPartner } from '#domain/partners/stored-partner';
import { KeptEventReader } from '#domain/replay/kept-event-reader';
import { KeptEventsRepository } from '#domain/replay/kept-events.repository';
import { type ReplayFilter } from '#domain/replay/replay-filter';
import { ReplayPages } from '#domain/replay/replay-pages';
import { HistoryRevisionRepository } from '#domain/shipments/history-revision.repository';
import { ReplayEvents } from '#processing/operations/replay-events';
import { ReplayedHistory } from '#processing/operations/replayed-history';
import { ProcessPartners } from '../partners/process-partners';
import { anInboundEvent } from '../builders/an-inbound-event';
import { startRebuildParts } from './rebuild-parts';

export type ReplayParts = Awaited<ReturnType<typeof startReplayParts>>;

export const FROM = new Date('2026-05-01T00:00:00Z');
export const TO = new Date('2026-06-01T00:00:00Z');

export const ACME = {
  id: 'acme',
  signature: { type: 'hmac', from: { header: 'x-acme-signature' } },
  secrets: [{ value: 'a-secret-of-these-tests-only' }],
  dedupe: { body: '/id' },
  mapping: {
    each: '/parcels',
    event: { trackingNumber: '/parcel', status: '/state', occurredAt: '/when', location: '/at' },
    status: { MOVING: 'in_transit' },
  },
};

/** Kept events, their partner, and what a replay is made of, on a real database; nothing runs by itself. */
export async function startReplayParts() {
  const rebuild = await startRebuildParts();
  const { database, history, rebuilder } = rebuild;
  await database.handle.createCollection(INBOUND_EVENTS.name);
  await database.collection(INBOUND_EVENTS).createIndexes([...INBOUND_EVENTS.indexes]);
  const partners = new ProcessPartners(database).start();
  const reader = new KeptEventReader(partners.directory);
  const kept = new KeptEventsRepository(database);
  const revisions = new HistoryRevisionRepository(database);
  const pages = new ReplayPages(kept, reader, revisions);
  const replayed = new ReplayedHistory(history, revisions, rebuilder);
  const replayEvents = new ReplayEvents(reader, pages, replayed, kept);
  let received = 0;

  const operationOf = (over: Partial<ReplayFilter>, createdAt: Date): OperationOf<'replay_events'> => ({
    id: 'op_1',
    kind: 'replay_events',
    filter: { partnerId: 'acme', from: FROM, to: TO, ...over },
    state: 'running',
    matched: 0,
    done: 0,
    failed: 0,
    changed: 0,
    page: 0,
    requestedBy: 'tests',
    createdAt,
    updatedAt: createdAt,
  });

  return {
    ...rebuild,
    partners,
    reader,
    kept,
    pages,
    revisions,
    replayEvents,
    journal: database.collection(INBOUND_EVENTS),
    close: async () => {
      partners.stop();
      await rebuild.close();
    },
    /** An event that the worker is done with: read by the mapping of now, applied where there is something in it. */
    done: async (body: unknown, over: Partial<NewInboundEvent> & { status?: EventStatus } = {}) => {
      const { status, ...event } = over;
      received += 1;
      const inbound: NewInboundEvent = anInboundEvent({
        format: 'partner',
        body: Buffer.from(JSON.stringify(body)),
        receivedAt: new Date(FROM.getTime() + received * 60_000),
        ...event,
      });
      await reader.useLatestRules();
      const { dueAt: _dueAt, jobId: _jobId, ...entry } = newEntryDocument(inbound, 'b-1');
      const asKept: InboundEvent = {
        ...inbound,
        status: 'processing',
        attempts: 0,
        crashes: 0,
        replays: 0,
        attemptHistory: [],
      };
      const { shipmentEvents } = await reader.read(asKept);
      await rebuild.apply(shipmentEvents);
      const end = status ?? (shipmentEvents.length > 0 ? 'processed' : 'ignored');
      await database.collection(INBOUND_EVENTS).insertOne({ ...entry, status: end, finishedAt: new Date() });
      return inbound.eventId;
    },
    /** The partner as it is from now on. */
    mend: async (over: object): Promise<StoredPartner> => {
      const current = await partners.repository.findById('acme');
      if (current === undefined) throw new Error('there is no partner');
      return partners.change(current, { ...over });
    },
    /** All pages of a replay, and what came of them. */
    replay: async (over: Partial<ReplayFilter> = {}, limit = 200) => {
      const total = { done: 0, failed: 0, changed: 0 };
      for (let current = operationOf(over, new Date()); ;) {
        const { done, failed, changed, cursor } = await replayEvents.page(current, limit);
        total.done += done;
        total.failed += failed;
        total.changed += changed;
        if (cursor === undefined) return total;
        current = { ...current, cursor };
      }
    },
  };
}
