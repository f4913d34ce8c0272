import { type OnApplicationShutdown, Injectable } from '@nestjs/common';
import { type NewInboundEvent } from '#domain/events/inbound-event';
import { Grouping, type Outcome } from '#platform/grouping/grouping';
import { MAX_BATCH_EVENTS } from '#platform/jobs/catalogue';
import { GroupWriter, type Receipt, type Receipts } from './group-writer';

/** An event on its way into the stores. */
export interface Arrival {
  readonly event: NewInboundEvent;
  /** When its answer is due, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** The event is not kept, or nobody knows whether it is: sending it again is harmless. */
export class NotKeptError extends Error {}

const MAX_GROUP_BYTES = 4 * 1024 * 1024;
const MAX_GROUPS_IN_FLIGHT = 4;
const MIN_EVENTS_BESIDE = 64;
const MAX_WAITING_ITEMS = 5_000;
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/**
 * Makes events durable before they are acknowledged. Requests that arrive together share one group, so a
 * store is asked once per group, never once per event.
 */
@Injectable()
export class EventWriter implements OnApplicationShutdown {
  private readonly grouping: Grouping<Arrival, Receipt>;

  constructor(private readonly groups: GroupWriter) {
    this.grouping = new Grouping({
      run: (group) => this.writeGroup(group),
      sizeOf: ({ event }) => event.body.length,
      maxItems: MAX_BATCH_EVENTS,
      maxSize: MAX_GROUP_BYTES,
      maxInFlight: MAX_GROUPS_IN_FLIGHT,
      minItemsBeside: MIN_EVENTS_BESIDE,
      maxWaitingItems: MAX_WAITING_ITEMS,
      maxWaitingSize: MAX_WAITING_BYTES,
    });
  }

  /** Resolves once the event is durable; rejects when it is not, or nobody knows. */
  write(arrival: Arrival): Promise<Receipt> {
    return this.grouping.add(arrival);
  }

  /** By now every request has its answer; nothing may come after the stores are closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.grouping.close();
  }

  private async writeGroup(group: readonly Arrival[]): Promise<readonly Outcome<Receipt>[]> {
    const now = performance.now();
    // Whose answer is overdue has been told to send again: keeping it now would only surprise.
    const inTime = group.filter(({ deadline }) => deadline > now);
    const remainingMs = Math.min(...inTime.map(({ deadline }) => deadline)) - now;
    const events = inTime.map(({ event }) => event);
    const receipts: Receipts =
      events.length > 0 ? await this.groups.write(events, remainingMs) : new Map<never, never>();
    return group.map(({ event }) => outcomeOf(receipts.get(event)));
  }
}

const outcomeOf = (receipt: Receipt | undefined): Outcome<Receipt> =>
  receipt ? { ok: true, value: receipt } : { ok: false, error: new NotKeptError('no store took the event') };
