import { type DemoCase } from '../scenario/demo-case';

/** What became of a request, as far as one can see it over HTTP. */
export type Outcome =
  | 'applied'
  | 'ignored'
  | 'dead_lettered'
  | 'replayed'
  | 'duplicate'
  | 'refused'
  /** Accepted, but not at its end when the time was over. */
  | 'unfinished'
  /** No answer, or one that the contract does not know. */
  | 'failed';

export interface Seen {
  readonly outcome: Outcome;
  readonly status?: number;
  /** The problem code of a refusal. */
  readonly code?: string;
  readonly eventId?: string;
  /** Of a dead letter. */
  readonly reasonCode?: string;
  /** Whether the journal holds exactly the bytes that were sent. */
  readonly bytesKept?: boolean;
  /** What went wrong, in words. */
  readonly fault?: string;
}

export interface CaseReport {
  readonly demoCase: DemoCase;
  readonly seen: Seen;
  readonly differences: readonly string[];
}
