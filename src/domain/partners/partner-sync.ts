import { Logger } from '@nestjs/common';

/** A change has to be in use everywhere within two seconds, reading it included. */
const COMPARE_EVERY_MS = 750;

/**
 * Decides when partners are compared with the database: all the time, at short intervals, and when somebody asks. At
 * most one comparison is under way, and one more waits.
 */
export class PartnerSync {
  private readonly logger = new Logger('Partners');
  private ticker: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private comparing = false;
  private away = false;
  private closed = false;

  /** @param load Brings the process to what the database holds now. */
  constructor(private readonly load: () => Promise<void>) {}

  start(): void {
    this.ticker = setInterval(() => void this.compare(), COMPARE_EVERY_MS).unref();
    void this.compare();
  }

  /** Resolves when a reading that began after this call is done; whoever calls meanwhile shares it. */
  refreshed(): Promise<void> {
    this.next ??= this.current.then(() => {
      this.next = undefined;
      const reading = this.load();
      // The chain goes on after a failure; only who waits for this very reading learns of it.
      this.current = reading.catch(() => undefined);
      return reading;
    });
    return this.next;
  }

  close(): void {
    this.closed = true;
    clearInterval(this.ticker);
  }

  private async compare(): Promise<void> {
    if (this.comparing) return;
    this.comparing = true;
    try {
      await this.refreshed();
      if (this.away) this.logger.log('partners are up to date again');
      this.away = false;
    } catch (error) {
      if (!this.away && !this.closed) {
        this.logger.warn(
          { err: error },
          'partners cannot be read from MongoDB; the last known ones stay in use',
        );
      }
      this.away = true;
    } finally {
      this.comparing = false;
    }
  }
}
