export interface RetrySettings {
  /** Attempts in all, the first one included. */
  readonly maxAttempts: number;
  readonly backoffBaseMs: number;
  readonly multiplier: number;
  /** How far a delay may lie from the schedule, both ways, in percent. */
  readonly jitterPercent: number;
}

/** Handed over by the application; a class so that it can be injected. */
export class ProcessingSettings {
  constructor(
    /** How long a claim holds; after it another worker may take the event. */
    readonly leaseMs: number,
    readonly retry: RetrySettings,
  ) {}
}
