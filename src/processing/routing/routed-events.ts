import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type Claim } from '#domain/events/event-claims.repository';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { type BackgroundWork } from '#platform/jobs/background-work';
import { JobWorkers } from '#platform/jobs/job-workers';
import { EventReader } from '../event-reader';
import { RoutedAttempt } from './routed-attempt';
import { RoutedEnds } from './routed-ends';

/** Events that were claimed and are under way, each for itself, longer than the job that brought them. */
@Injectable()
export class RoutedEvents implements BackgroundWork, OnModuleInit {
  private readonly logger = new Logger('RoutedEvents');
  private readonly stopping = new AbortController();
  private readonly aborting = new AbortController();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly reader: EventReader,
    private readonly attempt: RoutedAttempt,
    private readonly ends: RoutedEnds,
    private readonly workers: JobWorkers,
  ) {
    // Whatever is under way listens to them.
    setMaxListeners(0, this.stopping.signal, this.aborting.signal);
  }

  onModuleInit(): void {
    this.workers.attach(this);
  }

  /** Aborted when nothing more shall be begun. */
  get stopSignal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Works on each of these; `leave` is called for each that needs its slot no more. */
  begin(partner: CompiledPartner, claim: Claim, leave: () => void): void {
    for (const event of claim.events) {
      const own: Claim = { ...claim, events: [event] };
      this.track(this.finish(partner, own, leave));
    }
  }

  /**
   * One claim from reading to end. Never rejects: what nobody foresaw is told, and comes back when the lease ends.
   * `leave` is called once, when it needs its slot no more.
   */
  async finish(partner: CompiledPartner, claim: Claim, leave: () => void): Promise<void> {
    const { signal } = this.aborting;
    const slot = new Slot(leave);
    try {
      for (const reading of await this.reader.read(claim.events)) {
        const failure = await this.attempt.apply(partner, reading, { signal, answered: () => slot.leave() });
        await this.ends.record({ claim, reading, failure, signal });
      }
    } catch (error) {
      const [event] = claim.events;
      this.logger.warn(
        { err: error, eventId: event?.eventId, partnerId: partner.id },
        'an attempt was cut off',
      );
    } finally {
      slot.leave();
    }
  }

  stopBeginning(): void {
    this.stopping.abort();
  }

  async drained(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  abort(): void {
    this.aborting.abort();
  }

  private track(work: Promise<void>): void {
    const tracked = work.finally(() => this.underWay.delete(tracked));
    this.underWay.add(tracked);
  }
}

/** Left once. */
class Slot {
  private held = true;

  constructor(private readonly release: () => void) {}

  leave(): void {
    if (!this.held) return;
    this.held = false;
    this.release();
  }
}
