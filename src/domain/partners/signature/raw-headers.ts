import { decodeUtf8 } from '../body/json';
import { AMBIGUOUS_HEADER, type Reading } from './reading';

const NOT_ASCII = /[^\0-\x7f]/;

/** Node gives each byte of a header as one character; senders that go beyond ASCII write UTF-8. */
function asSent(value: string): string {
  if (!NOT_ASCII.test(value)) return value;
  return decodeUtf8(Buffer.from(value, 'latin1')) ?? value;
}

const isNamed = (raw: string | undefined, name: string): boolean =>
  raw === name || (raw !== undefined && raw.length === name.length && raw.toLowerCase() === name);

/**
 * Value of the header with this name (lower case); an empty one is missing. A doubled header is two claims, so it
 * is refused unless `joint` says that it is a list and how its parts are joined.
 */
export function headerValue(rawHeaders: readonly string[], name: string, joint?: string): Reading {
  let found: string | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (!isNamed(rawHeaders[at], name)) continue;
    const value = rawHeaders[at + 1] ?? '';
    if (found === undefined) found = value;
    else if (joint === undefined) return AMBIGUOUS_HEADER;
    else found += joint + value;
  }
  return found === undefined || found === '' ? undefined : asSent(found);
}
