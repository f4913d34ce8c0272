import { isRfc3339 } from '#domain/partners/time/iso8601';

/** What to say of a text that `instantOf` does not read. */
export const INSTANT_FAULT =
  'must be a time in RFC 3339 with its offset, as in 2025-06-01T12:00:00Z (a + in a query is written %2B)';

/** The moment that a text in RFC 3339 names; `undefined` for everything else. */
export function instantOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !isRfc3339(value)) return undefined;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
