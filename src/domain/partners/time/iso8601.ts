import { exists, type LocalTime, millisecondsOf } from './local-time';
import { OFFSET_PATTERN, offsetMinutes } from './offset';

const DATE = '([0-9]{4})-([0-9]{2})-([0-9]{2})';
const CLOCK = '([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?';
const ISO_8601 = new RegExp(`^${DATE}(?:[Tt ]${CLOCK}(?: ?(${OFFSET_PATTERN}))?)?$`);

/** A date alone is midnight. `undefined` where the text is none of these or names a day that does not exist. */
export function parseIso8601(text: string): LocalTime | undefined {
  const match = ISO_8601.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction, offsetText] = match;
  const offset = offsetText === undefined ? undefined : offsetMinutes(offsetText);
  if (offsetText !== undefined && offset === undefined) return undefined;
  const time: LocalTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: millisecondsOf(fraction),
    offset,
  };
  return exists(time) ? time : undefined;
}

const RFC_3339 =
  /^[0-9-]{10}[Tt ][0-9]{2}:[0-9]{2}:[0-5][0-9](?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$/;

/**
 * RFC 3339 as the canonical event promises it: with seconds and an offset. Not with a leap second: `Date` and
 * the database do not know it, and a secret that retires at such a moment would never have been live.
 */
export const isRfc3339 = (text: string): boolean => RFC_3339.test(text) && parseIso8601(text) !== undefined;
