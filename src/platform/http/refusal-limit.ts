import { type ProblemError } from './problem';

/** Slows down who guesses keys, signatures or names; bound by the application. */
export abstract class RefusalLimit {
  /** The refusal itself, or 429 where this address has collected too many of them. Other problems pass. */
  abstract insteadOf(address: string, refusal: ProblemError): Promise<ProblemError>;
}
