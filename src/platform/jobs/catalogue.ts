import { type JSONSchemaType } from 'ajv';
import { type CarriedEvent, carriedEventSchema } from './carried-event';
import { type QueuePlace } from './queue-place';

/** Up to 100 events of one partner and priority that are worked on together. */
interface ProcessBatchPayload {
  readonly v: 1;
  readonly partnerId: string;
  readonly eventIds: string[];
}

/** The same while the journal cannot be reached: the events themselves, to be journaled first. */
interface JournalBatchPayload {
  readonly v: 1;
  readonly partnerId: string;
  readonly events: CarriedEvent[];
}

export interface JobDefinition<P> {
  readonly queue: QueuePlace['name'];
  readonly payload: JSONSchemaType<P>;
  readonly policy: {
    /** Attempts of the job itself, the first one included. */
    readonly attempts: number;
    readonly backoffMs: number;
    /** Whether a job that failed for good stays in Redis: only where nothing else holds what it carries. */
    readonly keepFailed: boolean;
  };
}

export const MAX_BATCH_EVENTS = 100;
/** What the bodies of a batch may come to, so that a worker's memory is bounded by how many batches it holds. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const UNTIL_IT_IS_DONE = Number.MAX_SAFE_INTEGER;

const processBatch: JobDefinition<ProcessBatchPayload> = {
  queue: 'events',
  payload: {
    type: 'object',
    additionalProperties: false,
    required: ['v', 'partnerId', 'eventIds'],
    properties: {
      v: { type: 'integer', const: 1 },
      partnerId: { type: 'string' },
      eventIds: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: MAX_BATCH_EVENTS },
    },
  },
  // Events are retried one by one, in batches of their own, and their attempts live in the journal. A batch
  // that fails as a whole has met an outage of ours: its events come back when their lease or wait ends.
  policy: { attempts: 1, backoffMs: 0, keepFailed: false },
};

const journalBatch: JobDefinition<JournalBatchPayload> = {
  queue: 'journal',
  payload: {
    type: 'object',
    additionalProperties: false,
    required: ['v', 'partnerId', 'events'],
    properties: {
      v: { type: 'integer', const: 1 },
      partnerId: { type: 'string' },
      events: { type: 'array', items: carriedEventSchema, minItems: 1, maxItems: MAX_BATCH_EVENTS },
    },
  },
  // Nothing else holds these events: the job goes on until the journal has them.
  policy: { attempts: UNTIL_IT_IS_DONE, backoffMs: 2_000, keepFailed: true },
};

/** Every kind of work that goes through Redis: where it waits, what it carries, how it is tried. */
export const JOBS = { 'process-batch': processBatch, 'journal-batch': journalBatch } as const;

export type JobName = keyof typeof JOBS;
export const JOB_NAMES: readonly JobName[] = ['process-batch', 'journal-batch'];

/** What a job of this name carries. */
export type Payload<N extends JobName> = (typeof JOBS)[N] extends JobDefinition<infer P> ? P : never;
