import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { SecretUsesRepository } from './secret-uses.repository';

/** What was noted is looked through this often; nothing runs while nothing is noted. */
const LOOK_EVERY_MS = 2_000;
const WRITE_EVERY_MS = 60_000;

interface Use {
  seenAt: number;
  /** When it was last written, by the clock of `performance.now()`. */
  writtenAt: number;
  /** The use that was written then. */
  written: number;
}

/**
 * Remembers in memory which secrets prove requests, and writes it down in the background: one write for all, and
 * each secret at most once a minute.
 */
@Injectable()
export class SecretUses implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Partners');
  private readonly partners = new Map<string, Map<string, Use>>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly repository: SecretUsesRepository) {}

  /** For the way of a request: two look-ups, and nothing that is made anew. */
  note(partnerId: string, secretId: string, at: number): void {
    const use = this.partners.get(partnerId)?.get(secretId) ?? this.firstOf(partnerId, secretId);
    use.seenAt = at;
    if (this.timer === undefined && !this.stopped) this.lookLater();
  }

  /** What was noted last is not lost with a stop, unless MongoDB is away. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.write(this.unwritten());
  }

  private firstOf(partnerId: string, secretId: string): Use {
    const ofPartner = this.partners.get(partnerId) ?? new Map<string, Use>();
    this.partners.set(partnerId, ofPartner);
    const use = { seenAt: 0, writtenAt: -Infinity, written: 0 };
    ofPartner.set(secretId, use);
    return use;
  }

  private lookLater(): void {
    this.timer = setTimeout(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  private async look(): Promise<void> {
    const unwritten = this.unwritten();
    const due = performance.now() - WRITE_EVERY_MS;
    await this.write(unwritten.filter(({ use }) => use.writtenAt <= due));
    // What came too early for another write is written later, also if nothing comes after it.
    this.timer = undefined;
    if (unwritten.length > 0 && !this.stopped) this.lookLater();
  }

  private unwritten(): readonly Noted[] {
    const all = [...this.partners].flatMap(([partnerId, uses]) =>
      [...uses].map(([secretId, use]) => ({ partnerId, secretId, use, seenAt: use.seenAt })),
    );
    return all.filter(({ use }) => use.seenAt > use.written);
  }

  private async write(noted: readonly Noted[]): Promise<void> {
    if (noted.length === 0) return;
    try {
      await this.repository.record(
        noted.map(({ partnerId, secretId, seenAt }) => ({
          partnerId,
          secretId,
          lastUsedAt: new Date(seenAt),
        })),
      );
    } catch (error) {
      this.logger.debug({ err: error }, 'uses of secrets could not be written; trying again');
      return;
    }
    for (const { use, seenAt } of noted) {
      use.written = seenAt;
      use.writtenAt = performance.now();
    }
  }
}

interface Noted {
  readonly partnerId: string;
  readonly secretId: string;
  readonly use: Use;
  readonly seenAt: number;
}
