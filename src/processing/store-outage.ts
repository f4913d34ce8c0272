import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#platform/mongo/database';
import { isOutage } from '#platform/mongo/outage';

const ASK_EVERY_MS = 500;
const ANSWER_WITHIN_MS = 1_000;

/**
 * Lets work that met an outage of MongoDB wait for its end, in place of failing: its job stays in the queue, no
 * attempt is spent, and nobody takes the next job only to fail with it, too.
 */
@Injectable()
export class StoreOutage {
  private readonly logger = new Logger('StoreOutage');
  /** Shared by all work that waits; settles when MongoDB answers. */
  private end: Promise<void> | undefined;

  constructor(private readonly database: Database) {}

  /** Does the work again, however often, until it ends without an outage. It must be harmless to do twice. */
  async outlast<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isOutage(error) || signal.aborted) throw error;
        await this.over(signal);
      }
    }
  }

  private async over(signal: AbortSignal): Promise<void> {
    this.end ??= this.untilAnswered().finally(() => (this.end = undefined));
    let abort = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(new Error('the work was called off'));
    });
    signal.addEventListener('abort', abort, { once: true });
    try {
      await Promise.race([this.end, aborted]);
    } finally {
      // The signal may live as long as the process.
      signal.removeEventListener('abort', abort);
    }
  }

  private async untilAnswered(): Promise<void> {
    this.logger.warn('MongoDB is away: work waits, and is not counted as tried');
    for (;;) {
      await pause(ASK_EVERY_MS, undefined, { ref: false });
      try {
        await this.database.ping(ANSWER_WITHIN_MS);
        break;
      } catch {
        // Still away.
      }
    }
    this.logger.log('MongoDB is back: work goes on');
  }
}
