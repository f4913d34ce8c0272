import { type EventRules } from '../compiled-partner';
import { isDecoded } from '../mapping/well-formed';

/** As Node's parser gives them: names in lower case, what came twice joined or as a list. */
export type ParsedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

const NOTHING: Readonly<Record<string, string>> = {};

/** Of the headers only what the rules read later; never a signature, a token or a cookie. */
export function keptHeaders(
  { keptHeaders: names }: Pick<EventRules, 'keptHeaders'>,
  headers: ParsedHeaders,
): Readonly<Record<string, string>> {
  if (names.length === 0) return NOTHING;
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  return kept;
}

/** Likewise of the query; a parameter that was sent twice is missing, as nobody can say which one counts. */
export function keptQuery(
  { keptQuery: names }: Pick<EventRules, 'keptQuery'>,
  target: string,
): Readonly<Record<string, string>> {
  if (names.length === 0) return NOTHING;
  const at = target.indexOf('?');
  const parameters = new URLSearchParams(at < 0 ? '' : target.slice(at + 1));
  const kept: Record<string, string> = {};
  for (const name of names) {
    const [value, ...more] = parameters.getAll(name);
    if (value !== undefined && more.length === 0 && isDecoded(value)) kept[name] = value;
  }
  return kept;
}
