import { isStorable } from '#platform/mongo/storable';
import { retryAfterMs } from './retry-after';
import { type RoutingAnswer } from './routing-service';

/** An answer of HTTP, read whole. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly retryAfter: string | string[] | undefined;
  readonly text: string;
}

export const OK = 200;
const NO_CONTENT = 204;
/** Request Timeout, Too Early, Too Many Requests: about this call, not about the service. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429]);
const isServerError = (statusCode: number): boolean => statusCode >= 500 && statusCode < 600;

const rejected = (message: string): RoutingAnswer => ({ kind: 'rejected', message });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an answer means; nothing of its text is repeated, for it is not ours to show. */
export function readRoutingAnswer({ statusCode, retryAfter, text }: HttpAnswer): RoutingAnswer {
  if (statusCode === NO_CONTENT) return { kind: 'nothing' };
  if (statusCode === OK) return decisionIn(text);
  const service = isServerError(statusCode) ? 'down' : 'up';
  if (service === 'up' && !NOT_NOW.has(statusCode)) {
    return rejected(`the routing service answered ${statusCode}; expected 200 with an object, or 204`);
  }
  const waitMs = retryAfterMs(retryAfter, Date.now());
  const message = `the routing service answered ${statusCode}`;
  return { kind: 'unavailable', message, service, ...(waitMs !== undefined && { retryAfterMs: waitMs }) };
}

function decisionIn(text: string): RoutingAnswer {
  try {
    const decision: unknown = JSON.parse(text);
    if (isObject(decision) && isStorable(decision)) return { kind: 'decided', decision };
  } catch {
    // Said below.
  }
  return rejected('the routing service answered 200 with something else than a JSON object that can be kept');
}
