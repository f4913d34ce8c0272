import { type Outcome, SHARES } from './simulator-settings';

/** `invalid`: not what the description says, and answered with 400. */
export type Counted = Outcome | 'invalid';

export interface SimulatorStats {
  /** Calls of `POST /route`. */
  readonly calls: number;
  /** Not answered yet. */
  readonly inFlight: number;
  /** What the calls came to, by `Counted`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Calls with a key that a decision was made for before. */
  readonly repeatedKeys: number;
  /** Given up by the caller before there was an answer. */
  readonly abandoned: number;
}

/** Counts what the simulator was asked and what it answered. */
export class StatsCounter {
  private calls = 0;
  private inFlight = 0;
  private repeatedKeys = 0;
  private abandoned = 0;
  private readonly outcomes = new Map<Counted, number>();

  began(): void {
    this.calls += 1;
    this.inFlight += 1;
  }

  cameTo(outcome: Counted): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  repeated(): void {
    this.repeatedKeys += 1;
  }

  ended(answered: boolean): void {
    this.inFlight -= 1;
    if (!answered) this.abandoned += 1;
  }

  read(): SimulatorStats {
    const { calls, inFlight, repeatedKeys, abandoned } = this;
    const all: readonly Counted[] = ['decided', ...SHARES, 'invalid'];
    const outcomes = Object.fromEntries(all.map((one) => [one, this.outcomes.get(one) ?? 0]));
    return { calls, inFlight, outcomes, repeatedKeys, abandoned };
  }
}
