import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 20;

/** How long the demonstration waits for what is under way: for one thing, and for everything together. */
export class Patience {
  private readonly end: number;

  constructor(
    private readonly eachMs: number,
    totalMs: number,
  ) {
    this.end = Date.now() + totalMs;
  }

  /** Reads again until what was read will do, and gives the last reading, whether or not it did. */
  async until<T>(read: () => Promise<T>, willDo: (seen: T) => boolean): Promise<T> {
    const end = Math.min(Date.now() + this.eachMs, this.end);
    let seen = await read();
    while (!willDo(seen) && Date.now() < end) {
      await sleep(EVERY_MS);
      seen = await read();
    }
    return seen;
  }
}
