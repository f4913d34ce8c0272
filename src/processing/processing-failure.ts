import { type ReasonCode } from '#domain/dead-letters/dead-letter';

/**
 * Why an attempt failed, and whether time may heal it. A permanent failure becomes a dead letter with its
 * code; a transient one is retried, and after the last attempt becomes one with `ATTEMPTS_EXHAUSTED`.
 */
export interface ProcessingFailure {
  readonly kind: 'permanent' | 'transient';
  readonly code: ReasonCode;
  /** For the operator; names the place and what was expected, never a driver's words. */
  readonly message: string;
}

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
