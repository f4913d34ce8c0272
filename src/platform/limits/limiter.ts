import { type Limit, sliceOf } from './limit';
import { LocalBucket } from './local-bucket';
import { type SharedBuckets, type Taken } from './shared-buckets';

/** 0: let in. More: refused, and so many ms until there is a token. */
export type Wait = number;

/** What a limiter is about, and where all processes keep it. */
export interface Limited {
  readonly scope: string;
  readonly key: string;
  readonly limit: Limit;
}

/**
 * One limit that all processes share. A process lets requests in on credit and tells Redis afterwards, so the
 * common way asks nobody and waits for nothing; it waits for Redis only where the credit is used up, or where
 * the limit is so small that there is none.
 */
export class Limiter {
  private readonly slice: number;
  /** Tokens in hand; below zero: let in, and Redis does not know yet. */
  private balance = 0;
  /** How far below zero the balance may go, by what Redis said last. */
  private floor: number;
  /** Until then Redis need not be asked: there is nothing. */
  private emptyUntil = 0;
  /** Requests that wait for a token of their own. */
  private waiting = 0;
  private call: Promise<void> | undefined;
  private nextCall: Promise<void> | undefined;
  private alone: LocalBucket | undefined;

  constructor(
    readonly limited: Limited,
    private readonly buckets: SharedBuckets,
  ) {
    this.slice = sliceOf(limited.limit);
    this.floor = -this.slice;
  }

  /** A promise only where Redis must say. */
  take(): Wait | Promise<Wait> {
    if (this.balance <= this.floor) return this.takeWithoutCredit();
    this.balance -= 1;
    // Half of the credit is left for what comes in while Redis is told.
    if (this.balance + this.balance < this.floor && this.call === undefined) void this.tell();
    return 0;
  }

  private takeWithoutCredit(): Wait | Promise<Wait> {
    const now = performance.now();
    if (this.buckets.isAway) return this.takeAlone(now);
    if (now < this.emptyUntil) return this.emptyUntil - now;
    return this.ask();
  }

  private takeAlone(now: number): Wait {
    this.buckets.decidedAlone(this.limited.scope);
    this.alone ??= new LocalBucket(this.limited.limit, now);
    return this.alone.take(now);
  }

  private async ask(): Promise<Wait> {
    this.waiting += 1;
    await this.tell();
    return this.take();
  }

  /** All that waits shares one call; what comes in meanwhile shares the next. Never rejects. */
  private tell(): Promise<void> {
    if (this.call === undefined) return (this.call = this.settle());
    return (this.nextCall ??= this.call.then(() => {
      this.nextCall = undefined;
      if (performance.now() >= this.emptyUntil) return this.tell();
      this.waiting = 0;
      return undefined;
    }));
  }

  private async settle(): Promise<void> {
    const debt = Math.max(0, -this.balance);
    const wanted = this.waiting;
    this.waiting = 0;
    const { key, limit } = this.limited;
    try {
      this.settled(debt, await this.buckets.take(key, limit, debt, wanted));
    } catch {
      this.balance = 0;
      this.floor = 0;
    }
    this.call = undefined;
  }

  private settled(debt: number, { granted, level }: Taken): void {
    this.balance += debt + granted;
    this.floor = -Math.min(this.slice, Math.max(0, Math.floor(level)));
    const missing = Math.max(0, 1 - level);
    this.emptyUntil = missing === 0 ? 0 : performance.now() + (missing / this.limited.limit.perSecond) * 1000;
    this.alone = undefined;
  }
}
