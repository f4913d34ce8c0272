import { isUtf8 } from 'node:buffer';
import { ProblemError } from './problem';

const MAX_DEPTH = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Code that walks a value would run out of stack on what costs a sender a few thousand brackets. */
function isTooDeep(json: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (inText && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) inText = !inText;
    // `|0x20` makes `[` and `{`, `]` and `}` one.
    else if (!inText && ((byte ?? 0) | 0x20) === 0x7b) depth += 1;
    else if (!inText && ((byte ?? 0) | 0x20) === 0x7d) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

const invalid = (message: string): ProblemError =>
  new ProblemError('INVALID_PAYLOAD', `the body ${message}`, { errors: [{ path: '', message }] });

/** Checks what a JSON parser would pass over; gives the text to parse. */
export function jsonText(body: Buffer): string {
  if (body.length === 0) throw invalid('must not be empty');
  if (!isUtf8(body)) throw invalid('must be UTF-8');
  if (isTooDeep(body)) throw invalid(`must not be nested deeper than ${MAX_DEPTH} levels`);
  return body.toString('utf8');
}

export const notJson = (): ProblemError =>
  invalid('must be JSON, without members named __proto__ or constructor.prototype');
