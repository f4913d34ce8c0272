export interface JobsSettings {
  /** First part of every key, e.g. `gw`: keys are `gw:{partnerId}:…`. */
  readonly queuePrefix: string;
  /** The longest an enqueue may take; past it the outcome is unknown. */
  readonly enqueueTimeoutMs: number;
  /** How long a stop waits for running jobs before it aborts them. */
  readonly drainTimeoutMs: number;
}
