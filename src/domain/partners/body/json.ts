import { isAscii, isUtf8 } from 'node:buffer';
import { type ParsedBody } from '../compiled-partner';
import { outlineOf } from './json-outline';
import { isList, isObject } from './json-value';
import { JsonFault, readExactly } from './read-exactly';

export const MAX_JSON_DEPTH = 64;

const refuse = (message: string): ParsedBody => ({ ok: false, message });
const TOO_DEEP = refuse(`the body must not be nested deeper than ${MAX_JSON_DEPTH}`);
const NOT_UTF8 = refuse('the body must be UTF-8');

/** `undefined` where the bytes are not UTF-8: replaced characters would be another text than the one that was sent. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Members that native parsing kept, all levels together. Not a number where one of them is named `__proto__`. */
function countMembers(value: unknown): number {
  let count = 0;
  if (isList(value)) {
    for (const item of value) if (typeof item === 'object' && item !== null) count += countMembers(item);
  } else if (isObject(value)) {
    for (const name in value) {
      if (name === '__proto__') return NaN;
      count += 1;
      const member = value[name];
      if (typeof member === 'object' && member !== null) count += countMembers(member);
    }
  }
  return count;
}

/** V8's own messages quote the text, which must not travel into logs and answers; the position may. */
function describeSyntaxError(error: unknown): string {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return position === undefined
    ? 'the body must be JSON'
    : `the body must be JSON; it stops being so at position ${position}`;
}

function parseNatively(text: string): ParsedBody {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return refuse(describeSyntaxError(error));
  }
}

function parseExactly(text: string): ParsedBody {
  try {
    return { ok: true, value: readExactly(text) };
  } catch (error) {
    if (error instanceof JsonFault) return { ok: false, message: error.message, path: error.path };
    throw error;
  }
}

/**
 * Strict and without loss. Native parsing drops all but the last of doubled members and rounds long integers; one
 * scan of the bytes and a count of what was parsed show whether either happened, and only then is it read slowly.
 */
export function readJson(bytes: Buffer): ParsedBody {
  const text = decodeUtf8(bytes);
  if (text === undefined) return NOT_UTF8;
  const outline = outlineOf(bytes);
  if (outline.depth > MAX_JSON_DEPTH) return TOO_DEEP;
  const parsed = parseNatively(text);
  if (!parsed.ok) return parsed;
  const exact = !outline.longNumber && countMembers(parsed.value) === outline.members;
  return exact ? parsed : parseExactly(text);
}
