import { type ReasonCode } from '#domain/dead-letters/dead-letter';
import { type EventRules, type MappingInput, type MappingProblem } from '#domain/partners/compiled-partner';
import { MISSING, tooLongNumbers } from '#domain/partners/mapping/tracking-number';
import { MappingError, MappingTimeoutError } from '#domain/partners/mapping-error';
import { type PartnerDirectory } from '#domain/partners/partner-directory';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { toldBy } from '#domain/shipments/told-event';
import { type InboundEvent } from './inbound-event';

/** Why an event cannot be read, or not all of it. */
export interface Unreadable {
  readonly code: ReasonCode;
  /** For people: what was wrong and where. */
  readonly message: string;
  /** Only the time was short, which says nothing about the body: another try may read it. */
  readonly mayPass: boolean;
}

/** What an inbound event says by a partner's rules. */
export interface EventReading {
  readonly shipmentEvents: readonly ShipmentEvent[];
  /** Partner words that the status table does not know. */
  readonly unmapped: readonly string[];
  /** Beside `shipmentEvents`: some of its items are left out. */
  readonly problem?: Unreadable;
}

/** The rules of today for an event; `undefined`: its partner was removed. */
export const rulesFor = (
  { format, partnerId }: InboundEvent,
  partners: Pick<PartnerDirectory, 'canonicalRules' | 'find'>,
): EventRules | undefined =>
  format === 'canonical' ? partners.canonicalRules : partners.find(partnerId)?.rules;

/** Never rejects: what cannot be read is a reading with a problem. */
export async function readEvent(event: InboundEvent, rules: EventRules | undefined): Promise<EventReading> {
  if (rules === undefined) return ofNobody(event);
  try {
    const { events, unmapped, problems } = await rules.map(inputOf(event, rules));
    const problem = unusableNumbers(problems);
    return {
      shipmentEvents: events.map((mapped) => toldBy(event, mapped)),
      unmapped,
      ...(problem && { problem }),
    };
  } catch (error) {
    return nothingOf(problemOf(error));
  }
}

/** A body that a person edited may be of another version than the one that came in. */
function inputOf(event: InboundEvent, rules: EventRules): MappingInput {
  if (event.edited === undefined) return event;
  const input = { ...event, ...event.edited };
  return { ...input, schemaVersion: rules.schemaVersion(input, rules.parse(input.body, input.contentType)) };
}

/** Its partner was removed: there are no rules to read it by. */
export const ofNobody = ({ partnerId }: InboundEvent): EventReading =>
  nothingOf(lasting('INTERNAL', `partner "${partnerId}" is not known any more`));

const nothingOf = (problem: Unreadable): EventReading => ({ shipmentEvents: [], unmapped: [], problem });

const lasting = (code: ReasonCode, message: string): Unreadable => ({ code, message, mayPass: false });

function problemOf(error: unknown): Unreadable {
  if (error instanceof MappingError) {
    return { code: error.code, message: error.message, mayPass: error instanceof MappingTimeoutError };
  }
  // Whatever else it is would come again at every try, and hold back what is read with it.
  return lasting('INTERNAL', 'the mapping failed unexpectedly');
}

/** An item is left out only for its tracking number: any other problem is no reason to lose it. */
function unusableNumbers(problems: readonly MappingProblem[]): Unreadable | undefined {
  const missing = problems.filter(({ code }) => code === MISSING).map(({ index = 0 }) => index);
  const tooLong = tooLongNumbers(problems);
  const faults = [
    ...(missing.length > 0 ? [`no tracking number in item ${missing.join(', ')}`] : []),
    ...(tooLong === undefined ? [] : [tooLong]),
  ];
  if (faults.length === 0) return undefined;
  return lasting(missing.length > 0 ? 'MISSING_TRACKING_NUMBER' : 'MAPPING_FAILED', faults.join('; '));
}
