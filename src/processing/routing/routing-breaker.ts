import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type BreakerState } from '#platform/resilience/breaker';
import { CallWindow } from './call-window';
import { PartnerTurns } from './partner-turns';
import { type RoutingAnswer } from './routing-service';

/** After it, one call finds out. */
export const REST_MS = 5_000;

/** `probe`: only this one event may begin, to find out whether the service is back. */
export type Passage = 'free' | 'probe';

export type GuardedAnswer =
  | { readonly asked: true; readonly answer: RoutingAnswer; readonly wasProbe: boolean }
  /** The service is known to be away. */
  | { readonly asked: false };

/**
 * Leaves the service alone while it is away: nobody waits for a time-out that is sure to come, and no event pays for
 * it with an attempt. Partners are asked in turn to find out whether it is back, and what it refuses to one of them
 * keeps no other waiting; a breaker that counts calls without asking whose they are cannot do that.
 */
@Injectable()
export class RoutingBreaker implements OnApplicationShutdown {
  private readonly logger = new Logger('Routing');
  private readonly window = new CallWindow();
  private readonly turns = new PartnerTurns<Passage>();
  private state: BreakerState = 'closed';
  private rest: NodeJS.Timeout | undefined;
  private rested = false;
  /** Somebody is on the way to find out. */
  private probing = false;
  /** For these it was found away. */
  private refused = new Set<string>();

  constructor(private readonly onState: (state: BreakerState) => void) {
    onState('closed');
  }

  /**
   * Resolves when work for the service may begin; after `probe`, `probeEnded` must be called when that event has ended.
   * Rejects when `signal` is aborted.
   */
  async passage(partnerId: string, signal: AbortSignal): Promise<Passage> {
    signal.throwIfAborted();
    if (this.state === 'closed') return 'free';
    const turn = this.turns.wait(partnerId, signal);
    this.sendProbe();
    return turn;
  }

  /** Whatever came of it: where it told nothing about the service, the next one finds out. */
  probeEnded(): void {
    this.probing = false;
    this.sendProbe();
  }

  /** Rejects as `call` does. */
  async run(partnerId: string, call: () => Promise<RoutingAnswer>): Promise<GuardedAnswer> {
    if (this.state === 'open') return { asked: false };
    const wasProbe = this.state === 'half_open';
    const answer = await call();
    this.heard(partnerId, answer.kind === 'unavailable' ? answer.service : 'up');
    return { asked: true, answer, wasProbe };
  }

  onApplicationShutdown(): void {
    clearTimeout(this.rest);
  }

  private heard(partnerId: string, service: 'up' | 'down' | 'unknown'): void {
    if (service === 'unknown' || this.state === 'open') return;
    const isDown = service === 'down';
    if (this.state === 'half_open' && !isDown) this.close();
    this.window.note(partnerId, isDown);
    if (isDown && (this.state === 'half_open' || this.window.tellsOutage())) this.open(partnerId);
  }

  private open(partnerId: string): void {
    if (this.state === 'closed') {
      this.logger.warn({ dependency: 'routing' }, 'the routing service is away: its events wait');
      this.refused = new Set(this.window.failing());
    }
    this.refused.add(partnerId);
    this.become('open');
    this.rested = false;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.rested = true;
      this.sendProbe();
    }, REST_MS).unref();
  }

  private close(): void {
    this.logger.log({ dependency: 'routing' }, 'the routing service is back');
    clearTimeout(this.rest);
    this.window.clear();
    this.become('closed');
    this.turns.serveAll('free');
  }

  /** A partner that has not asked yet need not wait: what the others were refused may be their own trouble. */
  private sendProbe(): void {
    if (this.probing || this.state === 'closed') return;
    const mayBe = (partnerId: string): boolean => this.rested || !this.refused.has(partnerId);
    this.probing = this.turns.serveNext('probe', mayBe);
    this.become(this.probing || this.rested ? 'half_open' : 'open');
  }

  private become(state: BreakerState): void {
    if (this.state === state) return;
    this.state = state;
    this.onState(state);
  }
}
