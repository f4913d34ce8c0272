import { Injectable } from '@nestjs/common';
import { type InboundEvent } from '#domain/events/inbound-event';
import { type EventRules, type MappingProblem } from '#domain/partners/compiled-partner';
import { MISSING, TOO_LONG } from '#domain/partners/mapping/tracking-number';
import { MappingError } from '#domain/partners/mapping-error';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { toldBy } from '#domain/shipments/told-event';

/** Why today's mapping cannot read an event, or not all of it. */
export interface ReadingProblem {
  readonly code: string;
  readonly message: string;
}

/** What a kept event says by the rules of today. */
export interface KeptReading {
  readonly event: InboundEvent;
  /** Of several with one key the first: the history has but one place for them. */
  readonly shipmentEvents: readonly ShipmentEvent[];
  readonly problem?: ReadingProblem;
}

/** Reads kept events by the rules that the partner has today. */
@Injectable()
export class KeptEventReader {
  constructor(private readonly partners: PartnerDirectory) {}

  /** From here on, today's rules are at least those that the database holds now. */
  async useLatestRules(): Promise<void> {
    await this.partners.refreshed();
  }

  knowsPartner(partnerId: string): boolean {
    return this.partners.find(partnerId) !== undefined;
  }

  async read(event: InboundEvent): Promise<KeptReading> {
    const rules = this.rulesOf(event);
    if (rules === undefined) {
      const message = `partner "${event.partnerId}" is not known any more`;
      return { event, shipmentEvents: [], problem: { code: 'INTERNAL', message } };
    }
    try {
      const { events, problems } = await rules.map({ ...event, ...event.edited });
      const shipmentEvents = firstOfEachKey(events.map((mapped) => toldBy(event, mapped)));
      const problem = unusableNumber(problems);
      return { event, shipmentEvents, ...(problem && { problem }) };
    } catch (error) {
      return { event, shipmentEvents: [], problem: problemOf(error) };
    }
  }

  private rulesOf({ format, partnerId }: InboundEvent): EventRules | undefined {
    return format === 'canonical' ? this.partners.canonicalRules : this.partners.find(partnerId)?.rules;
  }
}

const problemOf = (error: unknown): ReadingProblem =>
  error instanceof MappingError
    ? { code: error.code, message: error.message }
    : { code: 'INTERNAL', message: 'the mapping failed unexpectedly' };

/** Any other problem is no reason to leave an item out. */
function unusableNumber(problems: readonly MappingProblem[]): ReadingProblem | undefined {
  const found = problems.find(({ code }) => code === MISSING || code === TOO_LONG);
  return found && { code: found.code, message: `item ${found.index ?? 0} has no usable tracking number` };
}

function firstOfEachKey(events: readonly ShipmentEvent[]): readonly ShipmentEvent[] {
  const byKey = new Map<string, ShipmentEvent>();
  for (const event of events) if (!byKey.has(event.eventKey)) byKey.set(event.eventKey, event);
  return [...byKey.values()];
}
