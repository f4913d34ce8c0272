import { type Decision } from './decisions';
import { type Outcome } from './simulator-settings';

/** An answer over HTTP. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or what is meant to be none. */
  readonly text?: string;
}

const SERVER_ERRORS = [500, 502, 503, 504] as const;
const OVER_16_KIB = 17 * 1024;

export const json = (status: number, value: unknown): Reply => ({ status, text: JSON.stringify(value) });

interface ReplyParts {
  readonly decision: Decision | null;
  readonly retryAfterSeconds: number;
  readonly random: () => number;
}

/** What is answered to a call that came to this. */
export function replyTo(
  outcome: Exclude<Outcome, 'hang'>,
  { decision, retryAfterSeconds, random }: ReplyParts,
): Reply {
  switch (outcome) {
    case 'decided':
    case 'nothing':
      return decision === null ? { status: 204 } : json(200, decision);
    case 'errors':
      return json(SERVER_ERRORS[Math.floor(random() * SERVER_ERRORS.length)] ?? 500, { error: 'simulated' });
    case 'throttled':
      return { ...json(429, { error: 'simulated' }), headers: { 'retry-after': `${retryAfterSeconds}` } };
    case 'rejected':
      return json(422, { error: 'simulated' });
    case 'notJson':
      return { status: 200, text: '<p>the wrong page</p>' };
    case 'list':
      return json(200, [decision]);
    case 'tooLarge':
      return json(200, { ...decision, padding: 'x'.repeat(OVER_16_KIB) });
  }
}
