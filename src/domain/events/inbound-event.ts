import { type KeptRequest } from '#domain/partners/compiled-partner';

export const EVENT_STATUSES = [
  'received',
  'processing',
  'retry_scheduled',
  'processed',
  'dead_lettered',
  'ignored',
] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** Whose rules read the body: the gateway's own canonical format, or the partner's. */
export type EventFormat = 'canonical' | 'partner';

/** A webhook that was verified and is about to be kept. */
export interface NewInboundEvent extends KeptRequest {
  readonly eventId: string;
  readonly partnerId: string;
  readonly dedupeKey: string;
  readonly receivedAt: Date;
  readonly format: EventFormat;
  readonly schemaVersion: string;
  /** 1 to 10, lower is sooner. */
  readonly priority: number;
  readonly traceId: string;
  /** W3C trace context, for what the event leads to. */
  readonly traceparent: string;
}

/** One try at applying an event, successful ones left out. */
export interface FailedAttempt {
  readonly attempt: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly errorCode: string;
  readonly message: string;
}

/** The body that a person put in the place of the original for a replay. */
export interface EditedBody {
  readonly body: Buffer;
  readonly contentType: string;
}

/** An event as the journal holds it. */
export interface InboundEvent extends NewInboundEvent {
  readonly status: EventStatus;
  /** Attempts of the current run; a replay starts again at 0. */
  readonly attempts: number;
  /** How often a lease on it ran out before its worker came to an end: it died, or was too slow. */
  readonly crashes: number;
  /** Times a person had it replayed. */
  readonly replays: number;
  readonly attemptHistory: readonly FailedAttempt[];
  /** Since when it is put off without being tried; only while it is. */
  readonly postponedSince?: Date;
  readonly edited?: EditedBody;
  readonly finishedAt?: Date;
}
