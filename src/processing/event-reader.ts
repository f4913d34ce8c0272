import { Injectable } from '@nestjs/common';
import { readEvent, rulesFor } from '#domain/events/event-reading';
import { type InboundEvent } from '#domain/events/inbound-event';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { judged, type Reading } from './reading';

/** Reads events by the rules of today. */
@Injectable()
export class EventReader {
  constructor(private readonly partners: PartnerDirectory) {}

  /**
   * One after the other: together they would not be done sooner. Stops after `withinMs`, or with the signal; gives what
   * was read by then.
   */
  async read(
    events: readonly InboundEvent[],
    { withinMs = Infinity, signal }: { readonly withinMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<readonly Reading[]> {
    const until = performance.now() + withinMs;
    const readings: Reading[] = [];
    for (const event of events) {
      if (performance.now() > until || signal?.aborted === true) break;
      readings.push(judged(event, await readEvent(event, rulesFor(event, this.partners))));
    }
    return readings;
  }
}
