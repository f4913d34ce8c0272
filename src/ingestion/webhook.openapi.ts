import { type OpenAPIObject } from '@nestjs/swagger';
import { problemResponses } from '#platform/http/problem-responses';

export const PARTNER_PATH = '/v1/webhooks/:partnerId';
export const CANONICAL_PATH = '/v1/events/courier';

type Paths = OpenAPIObject['paths'];

const EXAMPLE = {
  acknowledged: true,
  eventId: 'evt_qmpzbyrfg2vkq5m5yjb3xz6y4a',
  idempotencyKey: 'key-1',
  duplicate: false,
  queued: true,
  journaled: true,
  receivedAt: '2026-01-01T00:00:00.000Z',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
};

const ACKNOWLEDGEMENT = {
  type: 'object',
  required: Object.keys(EXAMPLE),
  properties: {
    acknowledged: { type: 'boolean', description: 'Always true: the event is durable' },
    eventId: { type: 'string', description: 'The same for every copy of the event' },
    idempotencyKey: { type: 'string', description: 'What makes two requests the same event' },
    duplicate: { type: 'boolean', description: 'A copy was received before' },
    queued: { type: 'boolean' },
    journaled: { type: 'boolean' },
    receivedAt: { type: 'string', format: 'date-time', description: 'When the first copy came in' },
    traceId: { type: 'string', description: 'Also in our log lines' },
  },
  example: EXAMPLE,
} as const;

const ACCEPTED = {
  description: 'The event is durable. A partner may have asked for an answer of its own instead.',
  content: { 'application/json': { schema: ACKNOWLEDGEMENT } },
};

const OWN_FORMAT_REFUSALS = [
  'BAD_REQUEST',
  'INVALID_PAYLOAD',
  'INVALID_SIGNATURE',
  'STALE_TIMESTAMP',
  'REPLAYED',
  'RATE_LIMITED',
  'IP_NOT_ALLOWED',
  'PARTNER_DISABLED',
  'UNKNOWN_PARTNER',
  'REQUEST_TIMEOUT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'INTAKE_UNAVAILABLE',
] as const;

const HANDSHAKE_REFUSALS = [
  'BAD_REQUEST',
  'IP_NOT_ALLOWED',
  'PARTNER_DISABLED',
  'METHOD_NOT_ALLOWED',
  'RATE_LIMITED',
  'INTAKE_UNAVAILABLE',
] as const;

const HANDSHAKE = {
  description:
    'What the sender asked to be given back, or nothing. A partner may have asked for another 2xx.',
  content: { 'text/plain': { schema: { type: 'string' } } },
} as const;

const partnerParameter = {
  name: 'partnerId',
  in: 'path',
  required: true,
  schema: { type: 'string' },
} as const;

const namedPartner = {
  name: 'x-partner-id',
  in: 'header',
  required: false,
  description: 'The partner whose secrets sign the request; without it `default`',
  schema: { type: 'string' },
} as const;

/** The intake's part of the API description: its routes are no controller's, so nothing else describes them. */
export const WEBHOOK_PATHS: Paths = {
  '/v1/webhooks/{partnerId}': {
    post: {
      operationId: 'receiveWebhook',
      tags: ['Webhooks'],
      summary: "A partner's own format, signed as the partner signs",
      parameters: [partnerParameter],
      requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
      responses: { '202': ACCEPTED, ...problemResponses(OWN_FORMAT_REFUSALS) },
    },
    get: {
      operationId: 'shakeHands',
      tags: ['Webhooks'],
      summary:
        'For senders that first ask whether the address is meant; 405 for partners without a handshake',
      parameters: [partnerParameter],
      responses: { '200': HANDSHAKE, ...problemResponses(HANDSHAKE_REFUSALS) },
    },
  },
  [CANONICAL_PATH]: {
    post: {
      operationId: 'receiveCanonicalEvent',
      tags: ['Webhooks'],
      summary: "The gateway's canonical event, signed with Standard Webhooks headers",
      parameters: [namedPartner],
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
      responses: {
        '202': ACCEPTED,
        ...problemResponses([...OWN_FORMAT_REFUSALS, 'UNSUPPORTED_SCHEMA_VERSION']),
      },
    },
  },
};
