import { type FailedAttempt } from '#domain/events/inbound-event';

export const REASON_CODES = [
  'UNPARSABLE_BODY',
  'MAPPING_FAILED',
  'MISSING_TRACKING_NUMBER',
  'UNSUPPORTED_SCHEMA_VERSION',
  'ROUTING_REJECTED',
  'ROUTING_UNAVAILABLE',
  'PROCESSING_TIMEOUT',
  'ATTEMPTS_EXHAUSTED',
  'POISONED',
  'INTERNAL',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export const REVIEW_STATUSES = ['pending', 'reviewed', 'replayed', 'closed'] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

/** What a person may do with a dead letter in each state; `replayed` and `closed` are ends. */
export const REVIEW_TRANSITIONS = {
  reviewed: ['pending'],
  replayed: ['pending', 'reviewed'],
  closed: ['pending', 'reviewed'],
} as const satisfies Partial<Record<ReviewStatus, readonly ReviewStatus[]>>;
export type ReviewStep = keyof typeof REVIEW_TRANSITIONS;

export interface ReviewNote {
  readonly at: Date;
  readonly by: string;
  readonly step: ReviewStep;
  readonly note: string;
}

export interface PayloadSnapshot {
  readonly contentType: string;
  readonly body: Buffer;
}

/** An inbound event at its terminal failure. */
export interface NewDeadLetter {
  readonly eventId: string;
  readonly partnerId: string;
  readonly reasonCode: ReasonCode;
  /** For people: what was wrong and where. */
  readonly message: string;
  readonly payload: PayloadSnapshot;
  /** All attempts of all runs, the last one included. */
  readonly attemptHistory: readonly FailedAttempt[];
  readonly traceId: string;
  readonly receivedAt: Date;
  /** Which run of the event failed: 0 the first, one more with each replay. */
  readonly run: number;
}

export interface DeadLetter extends NewDeadLetter {
  readonly reviewStatus: ReviewStatus;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly notes: readonly ReviewNote[];
  /** Who took the last step. */
  readonly reviewer?: string;
  readonly replayCount: number;
  /** What the last replay was tried with, when it was not the original. */
  readonly edited?: PayloadSnapshot;
}

/** A dead letter as lists show it: without its bodies. */
export type DeadLetterSummary = Omit<DeadLetter, 'payload' | 'edited'>;
