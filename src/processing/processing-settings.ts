export interface RetrySettings {
  /** Attempts in all, the first one included. */
  readonly maxAttempts: number;
  readonly backoffBaseMs: number;
  readonly multiplier: number;
  /** How far a delay may lie from the schedule, both ways, in percent. */
  readonly jitterPercent: number;
}

export interface RoutingSettings {
  readonly url: string;
  /** The longest one call may take. */
  readonly timeoutMs: number;
  /** Calls under way in one process, whatever their partner. */
  readonly concurrency: number;
}

/** Handed over by the application; a class so that it can be injected. */
export class ProcessingSettings {
  constructor(
    readonly retry: RetrySettings,
    /** Events that the reconciler puts into new batches in a second: what it brings back must not hurt the intake. */
    readonly requeuePerSecond: number,
    /** `undefined`: there is no routing step. */
    readonly routing?: RoutingSettings,
  ) {}
}
