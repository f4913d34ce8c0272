import { exists, type LocalTime, millisecondsOf } from './local-time';
import { OFFSET_PATTERN, offsetMinutes } from './offset';

export class PatternError extends Error {}

/** `undefined` where the text does not fit. */
export type PatternReader = (text: string) => LocalTime | undefined;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Field =
  | 'year'
  | 'month'
  | 'monthName'
  | 'day'
  | 'hour'
  | 'halfDayHour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'offset';

const LETTERS: ReadonlyMap<string, readonly [Field, string]> = new Map([
  ['yyyy', ['year', '[0-9]{4}']],
  ['yy', ['year', '[0-9]{2}']],
  ['MMM', ['monthName', MONTHS.join('|')]],
  ['MM', ['month', '[0-9]{2}']],
  ['M', ['month', '[0-9]{1,2}']],
  ['dd', ['day', '[0-9]{2}']],
  ['d', ['day', '[0-9]{1,2}']],
  ['HH', ['hour', '[0-9]{2}']],
  ['H', ['hour', '[0-9]{1,2}']],
  ['hh', ['halfDayHour', '[0-9]{2}']],
  ['h', ['halfDayHour', '[0-9]{1,2}']],
  ['mm', ['minute', '[0-9]{2}']],
  ['ss', ['second', '[0-9]{2}']],
  ['S', ['fraction', '[0-9]{1,9}']],
  ['a', ['half', '[ap]m']],
  ['X', ['offset', OFFSET_PATTERN]],
]);

const KNOWN = 'yyyy yy MM M MMM dd d HH H hh h mm ss S a X';
/** A quoted literal, a run of one letter, blanks, or any other sign. */
const PIECE = /'((?:[^']|'')*)'|([A-Za-z])\2*| +|[^]/g;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

function letterSource(run: string, seen: Set<Field>): string {
  const letters = run.startsWith('S') ? 'S' : run;
  const [field, source] = LETTERS.get(letters) ?? [];
  if (field === undefined)
    throw new PatternError(`"${run}" must be one of ${KNOWN}; other text stands in 'quotes'`);
  if (seen.has(field)) throw new PatternError(`"${run}" must not say again what the pattern has already`);
  seen.add(field);
  return `(?<${field}>${source})`;
}

function pieceSource(match: RegExpMatchArray, seen: Set<Field>): string {
  const [piece, literal, letter] = match;
  if (literal !== undefined) return escape(literal === '' ? "'" : literal.replaceAll("''", "'"));
  if (letter !== undefined) return letterSource(piece, seen);
  if (piece.startsWith(' ')) return ' +';
  if (piece === "'") throw new PatternError('a quote must have a partner, or be doubled inside quotes');
  return escape(piece);
}

/** Runs of blanks, open ones (` +`) among them; a sign that is escaped (`\\+`) is none. */
const BLANKS = /(?: \+?)+/g;

/**
 * Open blanks beside blanks fit one text in many ways, and a text that does not fit is tried in all of them: one
 * piece that takes as many blanks or more means the same and fits in one way only.
 */
const mergeBlanks = (source: string): string =>
  source.replace(BLANKS, (run) => (run.includes('+') ? ` {${run.replaceAll('+', '').length},}` : run));

function checkComplete(seen: ReadonlySet<Field>): void {
  const hasMonth = seen.has('month') || seen.has('monthName');
  if (!seen.has('year') || !hasMonth || !seen.has('day'))
    throw new PatternError('must have year, month and day');
  if (seen.has('month') && seen.has('monthName')) throw new PatternError('must have one of M, MM and MMM');
  if (seen.has('hour') && seen.has('halfDayHour')) throw new PatternError('must have one of H and h');
  if (seen.has('halfDayHour') !== seen.has('half'))
    throw new PatternError('must have "a" together with h or hh, never alone');
}

type Groups = Readonly<Partial<Record<string, string>>>;

function hourOf({ hour, halfDayHour, half }: Groups): number {
  if (halfDayHour === undefined) return Number(hour ?? 0);
  const shown = Number(halfDayHour);
  if (shown < 1 || shown > 12) return NaN;
  return (shown % 12) + (half?.toLowerCase() === 'pm' ? 12 : 0);
}

const yearOf = (year = ''): number => Number(year) + (year.length === 2 ? 2000 : 0);

const monthOf = ({ month, monthName = '' }: Groups): number =>
  month === undefined ? MONTHS.indexOf(monthName.toLowerCase()) + 1 : Number(month);

function timeOf(groups: Groups): LocalTime | undefined {
  const offset = groups['offset'] === undefined ? undefined : offsetMinutes(groups['offset']);
  if (groups['offset'] !== undefined && offset === undefined) return undefined;
  const time: LocalTime = {
    year: yearOf(groups['year']),
    month: monthOf(groups),
    day: Number(groups['day']),
    hour: hourOf(groups),
    minute: Number(groups['minute'] ?? 0),
    second: Number(groups['second'] ?? 0),
    millisecond: millisecondsOf(groups['fraction']),
    offset,
  };
  return exists(time) ? time : undefined;
}

/** Throws `PatternError`, which says what was expected. */
export function compilePattern(pattern: string): PatternReader {
  const seen = new Set<Field>();
  const source = [...pattern.matchAll(PIECE)].map((match) => pieceSource(match, seen)).join('');
  checkComplete(seen);
  const expression = new RegExp(`^${mergeBlanks(source)}$`, 'i');
  return (text) => {
    const match = expression.exec(text);
    return match === null ? undefined : timeOf(match.groups ?? {});
  };
}
