import { ProblemError } from '#platform/http/problem';
import { type Limited, type Wait } from './limiter';

/**
 * 429 with `Retry-After`, and `RateLimit-Policy` and `RateLimit` as draft-ietf-httpapi-ratelimit-headers-10
 * writes them. Other answers do not carry them: what is left is known to Redis alone, and asking for it at
 * every request would cost what the credit saves.
 */
export function rateLimited({ scope, limit }: Limited, wait: Wait, detail: string): ProblemError {
  const seconds = Math.max(1, Math.ceil(wait / 1000));
  // Structured fields: whole numbers of at least 1, where a rate may have a fraction.
  const quota = Math.max(1, Math.floor(limit.burst));
  const window = Math.max(1, Math.ceil(limit.burst / limit.perSecond));
  return new ProblemError('RATE_LIMITED', `${detail} Try again after ${seconds} s.`, {
    headers: {
      'retry-after': String(seconds),
      'ratelimit-policy': `"${scope}";q=${quota};w=${window}`,
      ratelimit: `"${scope}";r=0;t=${seconds}`,
    },
  });
}
