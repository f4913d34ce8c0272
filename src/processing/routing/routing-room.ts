import { Injectable } from '@nestjs/common';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { RoutingBreaker } from './routing-breaker';
import { type Rank, Slots } from './slots';

/** Slots that were taken for events that may need the routing service. */
export interface Room {
  readonly slots: number;
  /** To be called once for each of the slots. */
  readonly leave: () => void;
}

/** Lets events begin as far as there are slots, and a service that can be asked. */
@Injectable()
export class RoutingRoom {
  constructor(
    private readonly slots: Slots,
    private readonly breaker: RoutingBreaker,
  ) {}

  /** Waits for at least one slot; while the service is away for one at a time, which finds out whether it is back. */
  async enter(
    { id, queue }: CompiledPartner,
    { wanted, rank }: { readonly wanted: number; readonly rank: Rank },
    signal: AbortSignal,
  ): Promise<Room> {
    const isProbe = (await this.breaker.passage(id, signal)) === 'probe';
    const leave = (): void => {
      if (isProbe) this.breaker.probeEnded();
    };
    try {
      const wish = { limit: queue.concurrency, wanted: isProbe ? 1 : wanted, rank };
      const slots = await this.slots.take(id, wish, signal);
      return {
        slots,
        leave: () => {
          this.slots.release(id);
          leave();
        },
      };
    } catch (error) {
      leave();
      throw error;
    }
  }
}
