import { type JSONSchemaType } from 'ajv';

/** An event in the form that a job can hold: it lives in Redis alone until it is journaled. */
export interface CarriedEvent {
  readonly eventId: string;
  readonly dedupeKey: string;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly format: string;
  readonly contentType: string;
  readonly headers: Record<string, string>;
  readonly query: Record<string, string>;
  readonly bodyBase64: string;
  readonly schemaVersion: string;
  readonly priority: number;
  readonly traceId: string;
  readonly traceparent: string;
}

const text = { type: 'string' } as const;
const texts = { type: 'object', required: [], additionalProperties: { type: 'string' } } as const;

export const carriedEventSchema: JSONSchemaType<CarriedEvent> = {
  type: 'object',
  additionalProperties: false,
  required: [
    'eventId',
    'dedupeKey',
    'receivedAt',
    'format',
    'contentType',
    'headers',
    'query',
    'bodyBase64',
    'schemaVersion',
    'priority',
    'traceId',
    'traceparent',
  ],
  properties: {
    eventId: text,
    dedupeKey: text,
    receivedAt: text,
    format: { type: 'string', enum: ['canonical', 'partner'] },
    contentType: text,
    headers: texts,
    query: texts,
    bodyBase64: text,
    schemaVersion: text,
    priority: { type: 'integer', minimum: 1, maximum: 10 },
    traceId: text,
    traceparent: text,
  },
};
