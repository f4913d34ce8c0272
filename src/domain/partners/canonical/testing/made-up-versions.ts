import { readSchemas, SHIPPED_SCHEMAS } from '../shipped-schemas';
import { type Schemas } from '../chain-faults';
import { type Upcaster } from '../upcaster';
import { isObject, type JsonObject } from '#domain/partners/body/json-value';

const text = { type: 'string', minLength: 1 };

/** A later version of an event, with these members beside its envelope. */
export const aSchema = (version: number, members: readonly string[]): JsonObject => ({
  type: 'object',
  required: ['schemaVersion', 'idempotencyKey', ...members],
  properties: {
    schemaVersion: { const: `${version}` },
    idempotencyKey: text,
    ...Object.fromEntries(members.map((name) => [name, text])),
  },
});

/** The shipped version 1, and two that the product does not have: 2 has no payload any more, 3 other names. */
export const threeVersions = (): Schemas =>
  new Map([
    ...readSchemas(SHIPPED_SCHEMAS),
    [2, aSchema(2, ['shipment', 'state', 'at'])],
    [3, aSchema(3, ['parcel', 'status', 'at'])],
  ]);

export const fromOne: Upcaster = {
  from: 1,
  lift: ({ payload, occurredAt, ...event }) => ({
    ...event,
    schemaVersion: '2',
    shipment: isObject(payload) ? payload['shipmentId'] : undefined,
    state: isObject(payload) ? payload['status'] : undefined,
    at: occurredAt,
  }),
};

export const fromTwo: Upcaster = {
  from: 2,
  lift: ({ shipment, state, ...event }) => ({
    ...event,
    schemaVersion: '3',
    parcel: shipment,
    status: state,
  }),
};

/** Of version 1. */
export const anEvent = (payload: object = {}): JsonObject => ({
  eventId: 'e-1',
  eventType: 'shipment.status_changed',
  occurredAt: '2026-03-01T10:00:00.000Z',
  source: 'shop',
  idempotencyKey: 'key-1',
  payload: { shipmentId: 'SHP-1', status: 'in_transit', ...payload },
});
