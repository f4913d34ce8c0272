import { type ShipmentStatus } from '#domain/shipments/shipment-status';
import { type TimeSettings } from '../time/parse-time';

export const EVENT_FIELDS = [
  'trackingNumber',
  'status',
  'occurredAt',
  'eventKey',
  'orderId',
  'shipmentId',
  'location',
  'description',
  'attributes',
  'zone',
  'test',
  'live',
  'correction',
] as const;
export type EventField = (typeof EVENT_FIELDS)[number];

export interface ConstantSpec {
  readonly const: unknown;
}

/** A pointer into the item, a template, a constant, or a list of which the first one present counts. */
export type FieldSpec = string | ConstantSpec | readonly (string | ConstantSpec)[];

type Scalar = string | number | boolean;

/** `none` is what `null` is, for merge patches, where `null` takes the word out of the table. */
export type StatusTarget = ShipmentStatus | 'none' | null;

interface AnyMapping {
  readonly status?: Readonly<Record<string, StatusTarget>>;
  readonly time?: TimeSettings;
}

export interface PointerMapping extends AnyMapping {
  readonly each?: string;
  /** Pointers or templates, and the texts that they may have; `*`: any. */
  readonly where?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  readonly event: Readonly<Partial<Record<EventField, FieldSpec>>>;
}

export interface JsonataMapping extends AnyMapping {
  /** A JSONata expression that gives the fields of one event, a list of such, or nothing. */
  readonly events: string;
}

export type MappingSpec = PointerMapping | JsonataMapping;
