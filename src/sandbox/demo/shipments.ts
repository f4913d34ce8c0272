import { type AdminApi } from '../gateway/admin-api';
import { type ShipmentAnswer, type TimelineItem } from '../gateway/answers';
import { type DemoCase, type ExpectedShipment } from '../scenario/demo-case';
import { type Patience } from './patience';
import { reasonOf } from './reason-of';

export interface ShipmentReport {
  readonly partnerId: string;
  readonly trackingNumber: string;
  readonly status: string | null;
  readonly timeline: readonly TimelineItem[];
  /** What the routing service decided last, as it answered. */
  readonly decision?: object;
  readonly differences: readonly string[];
}

type EventIdOf = (demoCase: DemoCase) => string | undefined;

/** Reads a shipment until it stands as expected; a list may be read from a store that is a moment behind. */
export async function readShipment(
  admin: AdminApi,
  patience: Patience,
  expected: ExpectedShipment,
  eventIdOf: EventIdOf,
): Promise<ShipmentReport> {
  const { partnerId, trackingNumber } = expected;
  const read = async () => {
    const shipment = await admin.shipment(partnerId, trackingNumber);
    const timeline = await admin.timeline(partnerId, trackingNumber);
    const differences = compareShipment(expected, eventIdOf, shipment, timeline);
    const decision = shipment?.routing?.decision;
    const report = { partnerId, trackingNumber, status: shipment?.status ?? null, timeline, differences };
    return decision === undefined ? report : { ...report, decision };
  };
  // What was never accepted cannot come any more.
  const hopeless = expected.timeline.some(({ of }) => eventIdOf(of) === undefined);
  try {
    return await patience.until(read, ({ differences }) => hopeless || differences.length === 0);
  } catch (error) {
    const fault = `${nameOf(expected)}: ${reasonOf(error)}`;
    return { partnerId, trackingNumber, status: null, timeline: [], differences: [fault] };
  }
}

export function compareShipment(
  expected: ExpectedShipment,
  eventIdOf: EventIdOf,
  shipment: ShipmentAnswer | undefined,
  timeline: readonly TimelineItem[],
): readonly string[] {
  const name = nameOf(expected);
  if (shipment === undefined) return [`${name}: expected ${expected.status}, there is no such shipment`];
  const wanted = expected.timeline.map(({ of, occurredAt, ...moment }, index) =>
    describe({
      ...moment,
      occurredAt: occurredAt ?? timeline[index]?.occurredAt ?? null,
      eventId: eventIdOf(of),
    }),
  );
  const seen = timeline.map(describe);
  const length = Math.max(wanted.length, seen.length);
  return [
    ...differing(`${name}: status`, expected.status, shipment.status ?? 'none'),
    ...Array.from({ length }, (_, index) =>
      differing(`${name}: timeline, ${index + 1}`, wanted[index] ?? 'nothing', seen[index] ?? 'nothing'),
    ).flat(),
  ];
}

const nameOf = ({ partnerId, trackingNumber }: ExpectedShipment): string =>
  `shipment ${partnerId} ${trackingNumber}`;

const differing = (what: string, expected: string, seen: string): readonly string[] =>
  expected === seen ? [] : [`${what}: expected ${expected}, saw ${seen}`];

type Moment = Pick<TimelineItem, 'status' | 'occurredAt' | 'late'> & { readonly eventId: string | undefined };

const describe = ({ status, occurredAt, late, eventId }: Moment): string =>
  `${status ?? 'no status'} at ${occurredAt ?? 'an unknown time'}${late ? ', late' : ''}, told by ${eventId ?? 'nothing'}`;
