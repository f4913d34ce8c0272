import { Ajv } from 'ajv';

/** The parts of the gateway's answers that the demonstration looks at. */
export interface Acknowledgement {
  readonly eventId: string;
  readonly duplicate: boolean;
}

export interface Problem {
  readonly code: string;
  readonly detail?: string;
}

export interface EventAnswer {
  readonly eventId: string;
  readonly status: string;
}

export interface EventPage {
  readonly items: readonly EventAnswer[];
}

export interface ShipmentAnswer {
  readonly partnerId: string;
  readonly trackingNumber: string;
  readonly status: string | null;
  /** Only where a routing service was asked and had something to decide. */
  readonly routing?: { readonly decision: object };
}

export interface TimelineItem {
  readonly eventId: string;
  readonly status: string | null;
  readonly partnerStatus: string | null;
  readonly occurredAt: string | null;
  readonly recordedAt: string;
  readonly late: boolean;
}

export interface Timeline {
  readonly items: readonly TimelineItem[];
}

export interface DeadLetterAnswer {
  readonly eventId: string;
  readonly reasonCode: string;
  readonly message: string;
  readonly reviewStatus: string;
  readonly replayCount: number;
}

const TEXT = { type: 'string' };
const TEXT_OR_NULL = { type: ['string', 'null'] };
const WHETHER = { type: 'boolean' };

const ajv = new Ajv({ allowUnionTypes: true });
const object = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const event = object({ eventId: TEXT, status: TEXT });
const timelineItem = object({
  eventId: TEXT,
  status: TEXT_OR_NULL,
  partnerStatus: TEXT_OR_NULL,
  occurredAt: TEXT_OR_NULL,
  recordedAt: TEXT,
  late: WHETHER,
});

export const isAcknowledgement = ajv.compile<Acknowledgement>(object({ eventId: TEXT, duplicate: WHETHER }));
export const isProblem = ajv.compile<Problem>(object({ code: TEXT, detail: TEXT }, ['detail']));
export const isEvent = ajv.compile<EventAnswer>(event);
export const isEventPage = ajv.compile<EventPage>(object({ items: { type: 'array', items: event } }));
export const isShipment = ajv.compile<ShipmentAnswer>(
  object(
    {
      partnerId: TEXT,
      trackingNumber: TEXT,
      status: TEXT_OR_NULL,
      routing: object({ decision: { type: 'object' } }),
    },
    ['routing'],
  ),
);
export const isTimeline = ajv.compile<Timeline>(object({ items: { type: 'array', items: timelineItem } }));
export const isDeadLetter = ajv.compile<DeadLetterAnswer>(
  object({
    eventId: TEXT,
    reasonCode: TEXT,
    message: TEXT,
    reviewStatus: TEXT,
    replayCount: { type: 'integer' },
  }),
);
