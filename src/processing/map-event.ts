import { type InboundEvent } from '#domain/events/inbound-event';
import { type EventRules, type MappingProblem, type MappingResult } from '#domain/partners/compiled-partner';
import { MISSING, tooLongNumbers } from '#domain/partners/mapping/tracking-number';
import { MappingError, MappingTimeoutError } from '#domain/partners/mapping-error';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { toldBy } from '#domain/shipments/told-event';
import { permanent, type ProcessingFailure, transient } from './processing-failure';

/** What an inbound event says, read by its partner's rules. */
export interface Reading {
  readonly event: InboundEvent;
  readonly shipmentEvents: readonly ShipmentEvent[];
  readonly unmapped: readonly string[];
  /** Set where nothing, or not everything, of it can be applied. */
  readonly failure?: ProcessingFailure;
}

/** An event that is not, or cannot be, read. */
export const unread = (event: InboundEvent, failure: ProcessingFailure): Reading => ({
  event,
  shipmentEvents: [],
  unmapped: [],
  failure,
});

/** Its partner was removed: there are no rules to read it by. */
export const ofNobody = (event: InboundEvent): Reading =>
  unread(event, permanent('INTERNAL', `partner "${event.partnerId}" is not known any more`));

/** Never rejects: what cannot be read is a reading with a failure. */
export async function readEvent(event: InboundEvent, rules: EventRules | undefined): Promise<Reading> {
  if (rules === undefined) return ofNobody(event);
  try {
    return toReading(event, await rules.map({ ...event, ...event.edited }));
  } catch (error) {
    return unread(event, failureOf(error));
  }
}

function failureOf(error: unknown): ProcessingFailure {
  if (error instanceof MappingTimeoutError) return transient(error.code, error.message);
  if (error instanceof MappingError) return permanent(error.code, error.message);
  // Whatever else it is would come again at every attempt, and hold back the rest of the batch.
  return permanent('INTERNAL', 'the mapping failed unexpectedly');
}

function toReading(event: InboundEvent, { events, unmapped, problems }: MappingResult): Reading {
  const shipmentEvents = events.map((mapped) => toldBy(event, mapped));
  const failure = unusableNumbers(problems, shipmentEvents.length);
  return { event, shipmentEvents, unmapped, ...(failure && { failure }) };
}

/** An item is left out only for its tracking number: any other problem is no reason to lose it. */
function unusableNumbers(
  problems: readonly MappingProblem[],
  applied: number,
): ProcessingFailure | undefined {
  const missing = problems.filter(({ code }) => code === MISSING).map(({ index = 0 }) => index);
  const tooLong = tooLongNumbers(problems);
  const faults = [
    ...(missing.length > 0 ? [`no tracking number in item ${missing.join(', ')}`] : []),
    ...(tooLong === undefined ? [] : [tooLong]),
  ];
  if (faults.length === 0) return undefined;
  const code = missing.length > 0 ? 'MISSING_TRACKING_NUMBER' : 'MAPPING_FAILED';
  return permanent(code, `${faults.join('; ')}; ${applied} other item(s) were applied`);
}
