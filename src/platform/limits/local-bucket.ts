import { type Limit } from './limit';

/** The bucket of one process alone, for the time that Redis is away. */
export class LocalBucket {
  private level: number;
  private at: number;

  constructor(
    private readonly limit: Limit,
    now: number,
  ) {
    this.level = limit.burst;
    this.at = now;
  }

  /** 0, or how many ms to wait for the next token. */
  take(now: number): number {
    const { perSecond, burst } = this.limit;
    this.level = Math.min(burst, this.level + ((now - this.at) / 1000) * perSecond);
    this.at = now;
    if (this.level < 1) return ((1 - this.level) / perSecond) * 1000;
    this.level -= 1;
    return 0;
  }
}
