/** Pages follow one another with a rest of this share of the time that they took. */
const REST_SHARE = 0.5;
const FIRST_PAUSE_MS = 500;

interface Pace {
  /** By the process's own clock. */
  notBefore: number;
  /** Tries at one page that failed, one after the other. */
  failures: number;
}

/** When the next page of each operation may begin. */
export class OperationPace {
  private readonly paces = new Map<string, Pace>();

  /** How long its next page still has to wait; 0: not at all. */
  waitMs(id: string): number {
    return Math.max(0, (this.paces.get(id)?.notBefore ?? 0) - performance.now());
  }

  /** A page that began at `startedAt` saw to so many things. */
  done(id: string, startedAt: number, things: number, ratePerSecond: number | undefined): void {
    const now = performance.now();
    const rest = now + (now - startedAt) * REST_SHARE;
    const dueByRate = ratePerSecond === undefined ? 0 : startedAt + (things / ratePerSecond) * 1_000;
    this.paces.set(id, { notBefore: Math.max(rest, dueByRate), failures: 0 });
  }

  /** The page is tried again, later each time. Gives how often it has failed now. */
  failed(id: string): number {
    const failures = (this.paces.get(id)?.failures ?? 0) + 1;
    this.paces.set(id, { notBefore: performance.now() + FIRST_PAUSE_MS * 2 ** (failures - 1), failures });
    return failures;
  }

  forget(id: string): void {
    this.paces.delete(id);
  }
}
