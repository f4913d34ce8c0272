import { Injectable } from '@nestjs/common';
import { readEvent, rulesFor, type Unreadable } from '#domain/events/event-reading';
import { type InboundEvent } from '#domain/events/inbound-event';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';

/** Why today's mapping cannot read an event, or not all of it: as people are told. */
export type ReadingProblem = Pick<Unreadable, 'code' | 'message'>;

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
    const { shipmentEvents, problem } = await readEvent(event, rulesFor(event, this.partners));
    return {
      event,
      shipmentEvents: firstOfEachKey(shipmentEvents),
      ...(problem && { problem: { code: problem.code, message: problem.message } }),
    };
  }
}

function firstOfEachKey(events: readonly ShipmentEvent[]): readonly ShipmentEvent[] {
  const byKey = new Map<string, ShipmentEvent>();
  for (const event of events) if (!byKey.has(event.eventKey)) byKey.set(event.eventKey, event);
  return [...byKey.values()];
}
