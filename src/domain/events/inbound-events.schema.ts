import { Binary } from 'mongodb';
import { type ReasonCode } from '#domain/dead-letters/dead-letter';
import { declareCollection, expiryIndex } from '#platform/mongo/collection-declaration';
import {
  type EventFormat,
  type EventStatus,
  type FailedAttempt,
  type InboundEvent,
  type NewInboundEvent,
} from './inbound-event';

export interface InboundEventDocument {
  /** The derived event id: a duplicate can never be inserted. */
  _id: string;
  partnerId: string;
  dedupeKey: string;
  receivedAt: Date;
  format: EventFormat;
  contentType: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  body: Binary;
  schemaVersion: string;
  priority: number;
  traceId: string;
  traceparent: string;
  status: EventStatus;
  attempts: number;
  crashes: number;
  replays: number;
  attemptHistory: FailedAttempt[];
  edited?: { body: Binary; contentType: string };
  /** The queue job that carries the entry; only while it is unfinished. */
  jobId?: string;
  /** Names the claim of the worker that holds the entry; only while it is `processing`. */
  lease?: string;
  /** For who looks at the journal; the gateway itself goes by `dueAt`. */
  leaseUntil?: Date;
  /** Why it is given up; only from that decision until its dead letter is written. */
  terminalFailure?: { reasonCode: ReasonCode; message: string; attempt: FailedAttempt };
  /** When somebody must look at it again: end of the lease, next attempt, a few seconds after arrival. */
  dueAt?: Date;
  /** Since when the entry is put off without being tried. */
  postponedSince?: Date;
  finishedAt?: Date;
  /** Set only when the entry is no longer needed. */
  expiresAt?: Date;
}

/** The journal. Every index is paid for at the intake, so there are no more than its questions need. */
export const INBOUND_EVENTS = declareCollection<InboundEventDocument>('inbound_events', [
  { name: 'dueAt_unfinished', key: { dueAt: 1 }, partialFilterExpression: { dueAt: { $exists: true } } },
  { name: 'partner_receivedAt', key: { partnerId: 1, receivedAt: -1, _id: -1 } },
  expiryIndex(),
]);

/** Time for the queue to take a fresh or replayed entry before anybody asks after it. */
export const FIRST_LOOK_MS = 5_000;

/** For the pipeline of an update. Times of the journal follow MongoDB's clock: processes need not agree on theirs. */
export const nowPlus = (ms: number) => ({ $add: ['$$NOW', ms] });

export const newEntryDocument = (event: NewInboundEvent, jobId: string): InboundEventDocument => ({
  _id: event.eventId,
  // What claims and ends ask for and change stands first: the server walks the fields of an entry from its beginning.
  status: 'received',
  crashes: 0,
  attempts: 0,
  dueAt: new Date(event.receivedAt.getTime() + FIRST_LOOK_MS),
  jobId,
  partnerId: event.partnerId,
  dedupeKey: event.dedupeKey,
  receivedAt: event.receivedAt,
  format: event.format,
  contentType: event.contentType,
  headers: event.headers,
  query: event.query,
  body: new Binary(event.body),
  schemaVersion: event.schemaVersion,
  priority: event.priority,
  traceId: event.traceId,
  traceparent: event.traceparent,
  replays: 0,
  attemptHistory: [],
});

const bytesOf = (binary: Binary): Buffer => Buffer.from(binary.value());

export type BodilessDocument = Omit<InboundEventDocument, 'body' | 'edited'>;

/** The entry without its bodies: what lists need. */
export function toBodilessEvent(document: BodilessDocument): Omit<InboundEvent, 'body' | 'edited'> {
  const { finishedAt, postponedSince } = document;
  return {
    eventId: document._id,
    partnerId: document.partnerId,
    dedupeKey: document.dedupeKey,
    receivedAt: document.receivedAt,
    format: document.format,
    contentType: document.contentType,
    headers: document.headers,
    query: document.query,
    schemaVersion: document.schemaVersion,
    priority: document.priority,
    traceId: document.traceId,
    traceparent: document.traceparent,
    status: document.status,
    attempts: document.attempts,
    crashes: document.crashes,
    replays: document.replays,
    attemptHistory: document.attemptHistory,
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(postponedSince === undefined ? {} : { postponedSince }),
  };
}

export function toInboundEvent(document: InboundEventDocument): InboundEvent {
  const { body, edited } = document;
  return {
    body: bytesOf(body),
    ...(edited === undefined
      ? {}
      : { edited: { body: bytesOf(edited.body), contentType: edited.contentType } }),
    ...toBodilessEvent(document),
  };
}
