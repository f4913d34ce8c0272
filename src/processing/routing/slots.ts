interface Waiter {
  readonly partnerId: string;
  readonly limit: number;
  readonly wanted: number;
  readonly grant: (slots: number) => void;
}

/**
 * How many events a process works on at a time, by partner and in all. Who waits longest is served first, as far as
 * its partner has slots of its own: one partner's queue never stands before another's.
 */
export class Slots {
  private readonly taken = new Map<string, number>();
  private readonly waiters = new Set<Waiter>();
  private free: number;

  constructor(total: number) {
    this.free = total;
  }

  /** As many as are free, at most `wanted`, at least one: waits for it. Rejects when `signal` is aborted. */
  async take(partnerId: string, limit: number, wanted: number, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    return new Promise<number>((resolve, reject) => {
      const giveUp = (): void => {
        this.waiters.delete(waiter);
        reject(new Error('nobody waits for the slots any more', { cause: signal.reason }));
      };
      const grant = (slots: number): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(slots);
      };
      const waiter: Waiter = { partnerId, limit, wanted, grant };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiters.add(waiter);
      this.serve();
    });
  }

  /** The same without waiting: 0 where none is free, or others wait. */
  takeFree(partnerId: string, limit: number, wanted: number): number {
    return this.waiters.size > 0 ? 0 : this.seize(partnerId, limit, wanted);
  }

  release(partnerId: string, slots = 1): void {
    const left = (this.taken.get(partnerId) ?? 0) - slots;
    if (left > 0) this.taken.set(partnerId, left);
    else this.taken.delete(partnerId);
    this.free += slots;
    this.serve();
  }

  private serve(): void {
    for (const waiter of this.waiters) {
      if (this.free === 0) return;
      const slots = this.seize(waiter.partnerId, waiter.limit, waiter.wanted);
      if (slots === 0) continue;
      this.waiters.delete(waiter);
      waiter.grant(slots);
    }
  }

  private seize(partnerId: string, limit: number, wanted: number): number {
    const taken = this.taken.get(partnerId) ?? 0;
    const slots = Math.max(0, Math.min(wanted, limit - taken, this.free));
    if (slots === 0) return 0;
    this.taken.set(partnerId, taken + slots);
    this.free -= slots;
    return slots;
  }
}
