import { UnsignableError } from './unsignable-error';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** The letters of time patterns, in UTC: what `time/pattern.ts` reads. */
const LETTERS: Readonly<Record<string, (at: Date) => string>> = {
  yyyy: (at) => digits(at.getUTCFullYear(), 4),
  yy: (at) => digits(at.getUTCFullYear() % 100, 2),
  MMM: (at) => MONTHS[at.getUTCMonth()] ?? '',
  MM: (at) => digits(at.getUTCMonth() + 1, 2),
  M: (at) => String(at.getUTCMonth() + 1),
  dd: (at) => digits(at.getUTCDate(), 2),
  d: (at) => String(at.getUTCDate()),
  HH: (at) => digits(at.getUTCHours(), 2),
  H: (at) => String(at.getUTCHours()),
  hh: (at) => digits(at.getUTCHours() % 12 || 12, 2),
  h: (at) => String(at.getUTCHours() % 12 || 12),
  mm: (at) => digits(at.getUTCMinutes(), 2),
  ss: (at) => digits(at.getUTCSeconds(), 2),
  S: (at) => digits(at.getUTCMilliseconds(), 3),
  a: (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM'),
  X: () => '+00:00',
};

const PIECE = /'((?:[^']|'')*)'|([A-Za-z])\2*| +|[^]/g;

function piece([text, literal, letter]: RegExpMatchArray, at: Date): string {
  if (literal !== undefined) return literal === '' ? "'" : literal.replaceAll("''", "'");
  if (letter === undefined) return text;
  const write = LETTERS[text.startsWith('S') ? 'S' : text];
  if (write === undefined)
    throw new UnsignableError(`the time format has letters that cannot be written: ${text}`);
  return write(at);
}

/** A moment as a sender writes it who signs with this `timestamp.format`. */
export function formatTime(format: string, at: Date): string {
  if (format === 'unix') return String(Math.floor(at.getTime() / 1000));
  if (format === 'unix_ms') return String(at.getTime());
  if (format === 'iso8601') return at.toISOString();
  return [...format.matchAll(PIECE)].map((match) => piece(match, at)).join('');
}
