import { setImmediate } from 'node:timers/promises';

const LONGEST_MS = 10;

/**
 * One evaluation at a time: JSONata runs on microtasks, so several at once would only share one CPU and each
 * other's time limit. Between and within them the event loop gets its turn, so that probes and leases go on.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private since = 0;

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(async () => {
      await this.pauseIfDue();
      return await work();
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Nothing to wait for, most of the time. */
  pauseIfDue(): Promise<void> | undefined {
    return performance.now() - this.since > LONGEST_MS ? this.pause() : undefined;
  }

  private async pause(): Promise<void> {
    await setImmediate();
    this.since = performance.now();
  }
}
