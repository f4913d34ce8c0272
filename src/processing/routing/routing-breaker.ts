import { EventEmitter, once } from 'node:events';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import CircuitBreaker from 'opossum';
import { type BreakerState } from '#platform/resilience/breaker';
import { type RoutingAnswer } from './routing-service';

/** Calls of the last ten seconds are looked at; so few say nothing yet. */
const WINDOW_MS = 10_000;
const MIN_CALLS = 10;
const MOST_FAILED_PERCENT = 50;
/** After it, one call finds out. */
export const REST_MS = 5_000;

type Call = () => Promise<RoutingAnswer>;

/** Carries an answer through the breaker that counts as its failure. */
class ServiceDown extends Error {
  constructor(readonly answer: RoutingAnswer) {
    super('the routing service is down');
  }
}

export type GuardedAnswer =
  | { readonly asked: true; readonly answer: RoutingAnswer; readonly wasProbe: boolean }
  /** The service is known to be away. */
  | { readonly asked: false };

/**
 * Leaves the service alone while it is away: nobody waits for a time-out that is sure to come, and no event pays for
 * it with an attempt.
 */
@Injectable()
export class RoutingBreaker implements OnApplicationShutdown {
  private readonly logger = new Logger('Routing');
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private readonly circuit: CircuitBreaker<[call: Call], RoutingAnswer>;
  /** While half open: somebody is on the way to find out. */
  private probing = false;

  constructor(onState: (state: BreakerState) => void) {
    this.circuit = new CircuitBreaker((call: Call) => call().then(failIfDown), {
      timeout: false,
      rollingCountTimeout: WINDOW_MS,
      volumeThreshold: MIN_CALLS,
      errorThresholdPercentage: MOST_FAILED_PERCENT,
      resetTimeout: REST_MS,
      // What is thrown beside that is a call that was cut off from here.
      errorFilter: (error: unknown) => !(error instanceof ServiceDown),
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
    });
    onState('closed');
    this.circuit.on('open', () => {
      this.logger.warn({ dependency: 'routing' }, 'the routing service is away: its events wait');
      this.become(onState, 'open');
    });
    this.circuit.on('halfOpen', () => this.become(onState, 'half_open'));
    this.circuit.on('close', () => {
      this.logger.log({ dependency: 'routing' }, 'the routing service is back');
      this.become(onState, 'closed');
    });
  }

  /**
   * Resolves when work for the service may begin: `probe` where only one event may, to find out whether it is back;
   * then `probeEnded` must be called when that event has ended.
   */
  async passage(signal: AbortSignal): Promise<'free' | 'probe'> {
    for (;;) {
      signal.throwIfAborted();
      if (this.circuit.closed) return 'free';
      if (this.circuit.halfOpen && !this.probing) {
        this.probing = true;
        return 'probe';
      }
      await once(this.changes, 'change', { signal });
    }
  }

  /** Whatever came of it: where the event did not need the service after all, the next one finds out. */
  probeEnded(): void {
    this.probing = false;
    this.changes.emit('change');
  }

  async run(call: Call): Promise<GuardedAnswer> {
    const { closed, halfOpen } = this.circuit;
    if (!closed && !halfOpen) return { asked: false };
    try {
      return { asked: true, answer: await this.circuit.fire(call), wasProbe: halfOpen };
    } catch (error) {
      if (error instanceof ServiceDown) return { asked: true, answer: error.answer, wasProbe: halfOpen };
      if (CircuitBreaker.isOurError(error instanceof Error ? error : new Error())) return { asked: false };
      throw error;
    }
  }

  onApplicationShutdown(): void {
    this.circuit.shutdown();
  }

  private become(onState: (state: BreakerState) => void, state: BreakerState): void {
    onState(state);
    this.changes.emit('change');
  }
}

function failIfDown(answer: RoutingAnswer): RoutingAnswer {
  if (answer.kind === 'unavailable' && answer.isDown) throw new ServiceDown(answer);
  return answer;
}
