import type { IncomingMessage } from 'node:http';
import { traceOf } from './trace-context';

const PRINTABLE = /^[\x20-\x7e]{1,128}$/;

/** The sender's `x-request-id` where it can be shown and logged as it is, else the trace id. */
export function requestIdOf(raw: IncomingMessage): string {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && PRINTABLE.test(given) ? given : traceOf(raw).traceId;
}
