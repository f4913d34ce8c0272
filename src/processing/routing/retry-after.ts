const LONGEST_MS = 3_600_000;
const SECONDS = /^\s*\d+\s*$/;
/** `Date.parse` would take almost anything for a date. */
const HTTP_DATE = /^[A-Z][a-z]+, .* GMT$/;

/**
 * How long a `Retry-After` asks to wait, at most an hour: seconds or an HTTP date (RFC 9110, section 10.2.3).
 * `undefined` where it says nothing that can be read.
 */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const ms = SECONDS.test(text) ? Number(text) * 1000 : HTTP_DATE.test(text) ? Date.parse(text) - now : NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_MS);
}
