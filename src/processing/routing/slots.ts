/** Who goes before whom within a partner: the smaller turn, and of equal ones the smaller number. */
export interface Rank {
  readonly turn: number;
  readonly nth: number;
}

export interface Wish {
  /** Most slots that the partner may have at a time. */
  readonly limit: number;
  readonly wanted: number;
  readonly rank: Rank;
}

interface Waiter extends Wish {
  readonly grant: (slots: number) => void;
}

const goesBefore = (one: Rank, other: Rank): boolean =>
  one.turn < other.turn || (one.turn === other.turn && one.nth < other.nth);

/**
 * How many events a process works on at a time, by partner and in all. Partners are served in turn, as far as they have
 * slots of their own: one partner's queue never stands before another's. What a partner gets goes to the first of its
 * own by rank.
 */
export class Slots {
  private readonly taken = new Map<string, number>();
  /** In the order of their turns; each partner's own in the order of their ranks. */
  private readonly waiting = new Map<string, Waiter[]>();
  private free: number;

  constructor(total: number) {
    this.free = total;
  }

  /** As many as are free, at most `wanted`, at least one: waits for it. Rejects when `signal` is aborted. */
  async take(partnerId: string, wish: Wish, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    return new Promise<number>((resolve, reject) => {
      const giveUp = (): void => {
        this.forget(partnerId, waiter);
        reject(new Error('nobody waits for the slots any more', { cause: signal.reason }));
      };
      const grant = (slots: number): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(slots);
      };
      const waiter: Waiter = { grant, ...wish };
      signal.addEventListener('abort', giveUp, { once: true });
      this.enlist(partnerId, waiter);
      this.serve();
    });
  }

  /** The same without waiting: 0 where none is free, or others wait. */
  takeFree(partnerId: string, limit: number, wanted: number): number {
    return this.waiting.size > 0 ? 0 : this.seize(partnerId, limit, wanted);
  }

  release(partnerId: string, slots = 1): void {
    const left = (this.taken.get(partnerId) ?? 0) - slots;
    if (left > 0) this.taken.set(partnerId, left);
    else this.taken.delete(partnerId);
    this.free += slots;
    this.serve();
  }

  private enlist(partnerId: string, waiter: Waiter): void {
    const own = this.waiting.get(partnerId) ?? [];
    const place = own.findIndex(({ rank }) => goesBefore(waiter.rank, rank));
    own.splice(place < 0 ? own.length : place, 0, waiter);
    this.waiting.set(partnerId, own);
  }

  /** A partner that got something and still waits comes again, behind all others. */
  private serve(): void {
    for (const [partnerId, own] of this.waiting) {
      if (this.free === 0) return;
      const [waiter] = own;
      const slots = waiter === undefined ? 0 : this.seize(partnerId, waiter.limit, waiter.wanted);
      if (waiter === undefined || slots === 0) continue;
      this.waiting.delete(partnerId);
      own.shift();
      if (own.length > 0) this.waiting.set(partnerId, own);
      waiter.grant(slots);
    }
  }

  private forget(partnerId: string, waiter: Waiter): void {
    const own = (this.waiting.get(partnerId) ?? []).filter((one) => one !== waiter);
    if (own.length > 0) this.waiting.set(partnerId, own);
    else this.waiting.delete(partnerId);
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
