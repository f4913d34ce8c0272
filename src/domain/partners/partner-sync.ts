import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { withTimeout } from '#platform/resilience/with-timeout';
import { type PartnerWatch } from './partners.repository';

export interface PartnerSource {
  /** Brings the process to what the database holds now. */
  readonly load: () => Promise<void>;
  readonly watch: () => PartnerWatch;
}

/** While changes are announced by MongoDB, everything is compared this often all the same. */
const SAFETY_NET_MS = 12_000;
const TICK_MS = 1_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * Decides when partners are read again: after every announced change, every few seconds as a safety net, and
 * every second while MongoDB is away or announces nothing. At most one reading is under way, so a burst of
 * changes costs one more, not many.
 */
export class PartnerSync {
  private readonly logger = new Logger('Partners');
  private readonly stop = new AbortController();
  private ticker: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private open: PartnerWatch | undefined;
  private following = false;
  private away = false;
  private silent = false;
  private loadedAt = 0;

  constructor(private readonly source: PartnerSource) {}

  start(): void {
    this.ticker = setInterval(() => this.tick(), TICK_MS).unref();
    void this.attempt();
    void this.follow();
  }

  /** Resolves when a reading that began after this call is done; whoever calls meanwhile shares it. */
  refreshed(): Promise<void> {
    this.next ??= this.current.then(() => {
      this.next = undefined;
      const reading = this.source.load();
      // The chain goes on after a failure; only who waits for this very reading learns of it.
      this.current = reading.catch(() => undefined);
      return reading;
    });
    return this.next;
  }

  async close(): Promise<void> {
    this.stop.abort();
    clearInterval(this.ticker);
    if (this.open !== undefined) await this.leave(this.open);
  }

  private tick(): void {
    const rested = Date.now() - this.loadedAt < SAFETY_NET_MS;
    if (this.next === undefined && !(this.following && !this.away && rested)) void this.attempt();
  }

  private async attempt(): Promise<void> {
    try {
      await this.refreshed();
      this.loadedAt = Date.now();
      if (this.away) this.logger.log('partners are up to date again');
      this.away = false;
    } catch (error) {
      if (!this.away && !this.stop.signal.aborted) {
        this.logger.warn(
          { err: error },
          'partners cannot be read from MongoDB; the last known ones stay in use',
        );
      }
      this.away = true;
    }
  }

  private async follow(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      await this.followOnce(signal).catch((error: unknown) => this.noteSilence(error));
      await sleep(TICK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async followOnce(signal: AbortSignal): Promise<void> {
    const watch = this.source.watch();
    this.open = watch;
    try {
      await watch.changed();
      this.following = true;
      // What happened before the stream was open, nobody announces.
      await this.attempt();
      if (this.silent) this.logger.log('MongoDB announces changes of partners again');
      this.silent = false;
      while (!signal.aborted) if (await watch.changed()) await this.attempt();
    } finally {
      this.following = false;
      this.open = undefined;
      await this.leave(watch);
    }
  }

  private noteSilence(error: unknown): void {
    if (this.silent || this.stop.signal.aborted) return;
    this.silent = true;
    this.logger.warn(
      { err: error },
      'MongoDB announces no changes of partners; they are asked for every second',
    );
  }

  /** MongoDB may be away: then there is nobody to say goodbye to. */
  private async leave(watch: PartnerWatch): Promise<void> {
    await withTimeout(watch.close(), CLOSE_TIMEOUT_MS, 'closing the change stream').catch(() => undefined);
  }
}
