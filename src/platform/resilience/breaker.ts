import { Logger } from '@nestjs/common';
import CircuitBreaker from 'opossum';
import { withTimeout } from './with-timeout';

export type BreakerState = 'closed' | 'half_open' | 'open';

export interface BreakerOptions {
  /** Of what is behind it: in the log and the metrics. */
  readonly name: string;
  /**
   * Asked while the breaker is half open, in place of somebody's request: it must need of the store what the
   * requests need of it. Any answer is a good one.
   */
  readonly probe: () => Promise<unknown>;
  /** Errors that say nothing about the store leave the breaker as it is. */
  readonly isOutage: (error: unknown) => boolean;
  readonly onState: (state: BreakerState) => void;
}

/** The store was not asked: it did not answer a moment ago. */
export class OpenBreakerError extends Error {
  constructor(name: string) {
    super(`${name} is away; it is not asked until a probe was answered`);
  }
}

/** Whatever keeps a probe from its answer counts. */
class ProbeFailedError extends Error {}

/** Until then a store that is back is not used: should the other one go now, nothing can be taken. */
const PROBE_EVERY_MS = 500;
const PROBE_TIMEOUT_MS = 500;

/**
 * Opens with the first outage, so that whoever comes next loses no time; asks by itself twice a second, and closes
 * with the first answer. Says so once per change, never per request.
 */
export class Breaker {
  private readonly logger = new Logger('Breaker');
  private readonly circuit: CircuitBreaker<[work: () => Promise<void>], void>;
  private state: BreakerState = 'closed';
  private openedAt = 0;

  constructor(private readonly options: BreakerOptions) {
    this.circuit = new CircuitBreaker((work: () => Promise<void>) => work(), {
      name: options.name,
      // Every call brings its own time-out, by what its caller has left.
      timeout: false,
      errorThresholdPercentage: 0,
      resetTimeout: PROBE_EVERY_MS,
      errorFilter: (error: unknown) => !(error instanceof ProbeFailedError || options.isOutage(error)),
      enableSnapshots: false,
      rollingPercentilesEnabled: false,
    });
    options.onState('closed');
    this.circuit.on('failure', (error: unknown) => this.reportOpening(error));
    this.circuit.on('open', () => this.become('open'));
    this.circuit.on('halfOpen', () => this.probe());
    this.circuit.on('close', () => this.reportClosing());
  }

  /** True from an outage until a probe was answered. */
  get isOpen(): boolean {
    return !this.circuit.closed;
  }

  /** Rejects at once with `OpenBreakerError` while it is open. */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOpen) return Promise.reject(new OpenBreakerError(this.options.name));
    return new Promise<T>((resolve, reject) => {
      this.circuit.fire(async () => resolve(await work())).catch(reject);
    });
  }

  /** Ends its timers. */
  shutdown(): void {
    this.circuit.shutdown();
  }

  /** Takes the one call that a half-open breaker lets through. */
  private probe(): void {
    this.become('half_open');
    const { name, probe } = this.options;
    const asked = async (): Promise<void> => {
      await withTimeout(probe(), PROBE_TIMEOUT_MS, name).catch((cause: unknown) => {
        throw new ProbeFailedError('no answer', { cause });
      });
    };
    this.circuit.fire(asked).catch(() => undefined);
  }

  private become(state: BreakerState): void {
    this.state = state;
    this.options.onState(state);
  }

  /** What fails while it is open already is the same outage. */
  private reportOpening(error: unknown): void {
    if (this.state !== 'closed') return;
    this.openedAt = performance.now();
    this.logger.warn({ dependency: this.options.name, err: error }, `${this.options.name} is away`);
  }

  private reportClosing(): void {
    this.become('closed');
    const awayMs = Math.round(performance.now() - this.openedAt);
    this.logger.log({ dependency: this.options.name, awayMs }, `${this.options.name} is back`);
  }
}
