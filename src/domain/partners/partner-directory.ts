import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { BootPartners } from './boot-partners';
import { type CompiledPartner, type EventRules } from './compiled-partner';
import { PartnerCompiler } from './partner-compiler';
import { PartnerSync } from './partner-sync';
import { PartnersRepository } from './partners.repository';
import { type StoredPartner, stateOf } from './stored-partner';

/** What processes do when a partner changes: open its queue, close it. */
export type PartnerChange =
  | { readonly kind: 'ready'; readonly id: string; readonly partner: CompiledPartner }
  /** With a `partner`, events that were accepted before can still be read. */
  | {
      readonly kind: 'broken';
      readonly id: string;
      readonly reason: string;
      readonly partner: CompiledPartner | undefined;
    }
  | { readonly kind: 'removed'; readonly id: string };

/** How many documents are read and compiled at a time, so that a big load does not hold the event loop. */
const LOAD_PAGE = 100;
/** What is broken is tried again though nothing changed: the file of a secret may be there by now. */
const RETRY_BROKEN_MS = 5_000;

/**
 * Every partner, ready to serve, in memory. What is in use stays in use while MongoDB is away; a change
 * replaces the partner as a whole, so a request that took one sees one version.
 */
@Injectable()
export class PartnerDirectory implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Partners');
  private readonly partners = new Map<string, CompiledPartner>();
  /** Id and reason. */
  private readonly broken = new Map<string, string>();
  private readonly states = new Map<string, string>();
  private readonly paused = new Set<string>();
  private readonly listeners = new Set<(change: PartnerChange) => void>();
  private readonly sync: PartnerSync;
  private everLoaded = false;
  /** By `performance.now()`. */
  private brokenTriedAt = 0;

  constructor(
    private readonly repository: PartnersRepository,
    private readonly compiler: PartnerCompiler,
    private readonly bootPartners: BootPartners,
  ) {
    this.sync = new PartnerSync(() => this.load());
  }

  onModuleInit(): void {
    this.sync.start();
  }

  beforeApplicationShutdown(): void {
    this.sync.close();
  }

  /** True once all partners were read from the database; before that, an unknown id means nothing. */
  get loaded(): boolean {
    return this.everLoaded;
  }

  /** How bodies in the gateway's own format are read, whoever sends them. */
  get canonicalRules(): EventRules {
    return this.compiler.canonicalRules;
  }

  find(id: string): CompiledPartner | undefined {
    return this.partners.get(id);
  }

  all(): readonly CompiledPartner[] {
    return [...this.partners.values()];
  }

  /**
   * True where a partner exists but this process cannot check its requests: a fault of ours, so the answer is
   * 503. `find` may still give it, for events that were accepted before.
   */
  isBroken(id: string): boolean {
    return this.broken.has(id);
  }

  /** Why, for operators. */
  faultOf(id: string): string | undefined {
    return this.broken.get(id);
  }

  /** True where nobody shall work on its events; what comes in is kept all the same. */
  isPaused(id: string): boolean {
    return this.paused.has(id);
  }

  /** Calls `listener` after each change from now on; gives what ends that. */
  onChange(listener: (change: PartnerChange) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Resolves when everything that is in the database now is in use here. */
  refreshed(): Promise<void> {
    return this.sync.refreshed();
  }

  private async load(): Promise<void> {
    await this.bootPartners.ensure();
    const states = await this.repository.states();
    const retry = performance.now() - this.brokenTriedAt > RETRY_BROKEN_MS;
    if (retry) this.brokenTriedAt = performance.now();
    for (const id of [...this.states.keys()].filter((known) => !states.has(known))) this.remove(id);
    const stale = [...states]
      .filter(([id, state]) => this.states.get(id) !== state || (retry && this.broken.has(id)))
      .map(([id]) => id);
    for (let from = 0; from < stale.length; from += LOAD_PAGE) {
      const page = await this.repository.findByIds(stale.slice(from, from + LOAD_PAGE));
      for (const stored of page) this.put(stored);
    }
    this.everLoaded = true;
  }

  private put(stored: StoredPartner): void {
    const { id } = stored;
    const { partner, fault } = this.compiler.compile(stored);
    const known = this.states.get(id) === stateOf(stored);
    this.states.set(id, stateOf(stored));
    if (stored.paused === undefined) this.paused.delete(id);
    else this.paused.add(id);
    if (known && fault !== undefined && this.broken.get(id) === fault) return;

    if (partner === undefined) this.partners.delete(id);
    else this.partners.set(id, partner);
    if (fault !== undefined) {
      this.broken.set(id, fault);
      this.logger.error({ partnerId: id, reason: fault }, 'partner cannot be served until this is put right');
      this.tell({ kind: 'broken', id, reason: fault, partner });
    } else {
      this.broken.delete(id);
      this.tell({ kind: 'ready', id, partner });
    }
  }

  private remove(id: string): void {
    this.states.delete(id);
    this.partners.delete(id);
    this.broken.delete(id);
    this.paused.delete(id);
    this.tell({ kind: 'removed', id });
  }

  private tell(change: PartnerChange): void {
    for (const listener of this.listeners) {
      try {
        listener(change);
      } catch (error) {
        this.logger.error(
          { err: error, partnerId: change.id },
          'a change of a partner was not taken up everywhere',
        );
      }
    }
  }
}
