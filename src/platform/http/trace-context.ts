import type { IncomingMessage } from 'node:http';
import { randomHex } from './random-hex';

export interface TraceContext {
  /** 32 hex digits; in answers, problems, log lines and the journal. */
  readonly traceId: string;
  /** W3C `traceparent` to keep with what the request leads to. */
  readonly traceparent: string;
}

/** Kept on the request itself: a map beside it would cost more than reading the header. */
type Traceable = IncomingMessage & { trace?: TraceContext };

const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

/** Reads a sender's `traceparent`; a newer version is read as far as version 00 goes, as W3C asks for. */
export function parseTraceparent(header: unknown): TraceContext | undefined {
  const parts = typeof header === 'string' ? TRACEPARENT.exec(header) : null;
  if (parts === null) return undefined;
  const [, version, traceId = NO_TRACE, spanId = NO_SPAN, flags = '00', more] = parts;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (traceId === NO_TRACE || spanId === NO_SPAN) return undefined;
  const sampled = parseInt(flags, 16) & 1;
  return { traceId, traceparent: `00-${traceId}-${spanId}-0${sampled}` };
}

export function newTrace(): TraceContext {
  const random = randomHex(24);
  const traceId = random.slice(0, 32);
  return { traceId, traceparent: `00-${traceId}-${random.slice(32)}-00` };
}

/** The trace of a request: the sender's, or one that begins here. The same at every call. */
export function traceOf(raw: Traceable): TraceContext {
  return (raw.trace ??= parseTraceparent(raw.headers['traceparent']) ?? newTrace());
}
