/** Work that a job began and that outlives it. Whoever stops the process must wait for it as for the jobs. */
export interface BackgroundWork {
  /** The process stops: jobs that wait to begin something give themselves back. */
  stopBeginning(): void;
  /** Resolves when nothing is under way. */
  drained(): Promise<void>;
  /** The time to drain is over: whatever is under way gives back what it holds. */
  abort(): void;
}
