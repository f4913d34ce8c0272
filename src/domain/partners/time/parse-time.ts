import { parseIso8601 } from './iso8601';
import { asUtc, type LocalTime } from './local-time';
import { compilePattern } from './pattern';
import { momentIn, zoneOf } from './zone';

/** The `time` block of a mapping. */
export interface TimeSettings {
  /** IANA name or `+05:30`, for texts that have no offset. */
  readonly zone?: string;
  /** `iso8601`, `unix`, `unix_ms` or patterns, tried in order before the usual forms. */
  readonly formats?: readonly string[];
  /** `false`: the offset in the text is wrong, and the zone counts. */
  readonly trustOffset?: boolean;
}

export type TimeProblem = 'bad_time' | 'time_without_zone' | 'implausible_time';
export type ParsedTime = { readonly at: Date } | { readonly problem: TimeProblem };

/** A moment in milliseconds, a time that still needs its zone, or `undefined` where the value is of another form. */
type Reader = (value: string | number) => number | LocalTime | undefined;

const FIRST = Date.UTC(2000, 0, 1);
const END = Date.UTC(2100, 0, 1);
/** Seconds reach this in the year 5138, milliseconds had it in 1973. */
const FIRST_MILLISECONDS = 1e11;
const NUMBER = /^[0-9]{1,15}(?:\.[0-9]{1,9})?$/;
const UNIX_DIGITS = /^(?:[0-9]{10}|[0-9]{13})$/;
/** No way of writing a time is longer; patterns are not tried on whole novels. */
const LONGEST_TEXT = 100;

const numberIn = (value: string | number): number | undefined => {
  if (typeof value === 'number') return value;
  return NUMBER.test(value) ? Number(value) : undefined;
};

function inUnits(factor: number): Reader {
  return (value) => {
    const number = numberIn(value);
    return number === undefined ? undefined : Math.floor(number * factor);
  };
}

const readIso8601: Reader = (value) => (typeof value === 'string' ? parseIso8601(value) : undefined);

/** JSON numbers, and texts of so many digits that nothing else is meant. */
const readNumber: Reader = (value) => {
  if (typeof value === 'string' && !UNIX_DIGITS.test(value)) return undefined;
  const number = Number(value);
  return Math.floor(number < FIRST_MILLISECONDS ? number * 1000 : number);
};

export const NAMED_FORMATS: ReadonlyMap<string, Reader> = new Map([
  ['iso8601', readIso8601],
  ['unix', inUnits(1000)],
  ['unix_ms', inUnits(1)],
]);

function readerOf(format: string): Reader {
  const named = NAMED_FORMATS.get(format);
  if (named !== undefined) return named;
  const read = compilePattern(format);
  return (value) => read(String(value));
}

const firstOf = (readers: readonly Reader[], value: string | number): number | LocalTime | undefined => {
  for (const read of readers) {
    const found = read(value);
    if (found !== undefined) return found;
  }
  return undefined;
};

function plausible(at: number): ParsedTime {
  return at >= FIRST && at < END ? { at: new Date(at) } : { problem: 'implausible_time' };
}

/** `zone` is the item's own and goes before that of the settings. */
export type TimeParser = (value: string | number, zone?: string) => ParsedTime;

export function compileTime({ zone: usual, formats = [], trustOffset = true }: TimeSettings): TimeParser {
  const readers = [...formats.map(readerOf), readIso8601, readNumber];
  return (value, zoneName = usual) => {
    const given = typeof value === 'string' ? value.trim() : value;
    const found = String(given).length > LONGEST_TEXT ? undefined : firstOf(readers, given);
    if (found === undefined) return { problem: 'bad_time' };
    if (typeof found === 'number') return plausible(found);
    if (trustOffset && found.offset !== undefined) return plausible(asUtc(found) - found.offset * 60_000);
    const zone = zoneName === undefined ? undefined : zoneOf(zoneName);
    return zone === undefined ? { problem: 'time_without_zone' } : plausible(momentIn(zone, found));
  };
}

/**
 * The time that a sender signs: one format, exactly. Without an offset it is UTC; a wrong guess can only refuse,
 * for the tolerance is a few minutes.
 */
export function compileSignedTime(format: string): (text: string) => number | undefined {
  const read = readerOf(format);
  return (text) => {
    const found = text.length > LONGEST_TEXT ? undefined : read(text);
    if (found === undefined || typeof found === 'number') return found;
    return asUtc(found) - (found.offset ?? 0) * 60_000;
  };
}
