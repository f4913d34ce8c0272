import { type ReasonCode } from '#domain/dead-letters/dead-letter';

interface Cause {
  readonly code: ReasonCode;
  /** For the operator; names the place and what was expected, never a driver's words. */
  readonly message: string;
}

/**
 * Why an event could not be applied, and what follows from it. The first three are outcomes of an attempt:
 *
 * - `permanent`: it becomes a dead letter with its code.
 * - `transient`: time may heal it; tried again by the backoff schedule, and after the last attempt a dead letter with
 *   `ATTEMPTS_EXHAUSTED`.
 * - `throttled`: the same, but not before `retryAfterMs`, as the other side asked.
 *
 * The others spend no attempt:
 *
 * - `postponed`: what it needs is known to be away; it waits, within a bound.
 * - `interrupted`: the process stops, or the time was not enough for all of it; somebody goes on at once.
 */
export type ProcessingFailure = Cause &
  (
    | { readonly kind: 'permanent' | 'transient' | 'interrupted' }
    | { readonly kind: 'throttled'; readonly retryAfterMs: number }
    | { readonly kind: 'postponed'; readonly delayMs: number }
  );

export const permanent = (code: ReasonCode, message: string): ProcessingFailure => ({
  kind: 'permanent',
  code,
  message,
});

export const transient = (code: ReasonCode, message: string): ProcessingFailure => ({
  kind: 'transient',
  code,
  message,
});

export const throttled = (code: ReasonCode, message: string, retryAfterMs: number): ProcessingFailure => ({
  kind: 'throttled',
  code,
  message,
  retryAfterMs,
});

export const postponed = (code: ReasonCode, message: string, delayMs: number): ProcessingFailure => ({
  kind: 'postponed',
  code,
  message,
  delayMs,
});

export const interrupted = (code: ReasonCode, message: string): ProcessingFailure => ({
  kind: 'interrupted',
  code,
  message,
});

/** The kinds that spend no attempt. */
export type Uncounted = 'postponed' | 'interrupted';

/** False where an attempt ended with an outcome of its own. */
export const isUncounted = (kind: ProcessingFailure['kind']): kind is Uncounted =>
  kind === 'postponed' || kind === 'interrupted';
