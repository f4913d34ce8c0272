import { pointerOf } from '../template/pointer';
import { JsonText, stringOf } from './json-text';

/** One place of a JSON text that cannot be taken at its word. */
export class JsonFault extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

type Path = readonly (string | number)[];

const INTEGER = /^-?[0-9]+$/;

function readNumber(source: string): number | string {
  const value = Number(source);
  return INTEGER.test(source) && !Number.isSafeInteger(value) ? source : value;
}

function readList(text: JsonText, path: Path): unknown[] {
  const items: unknown[] = [];
  text.pass('[');
  if (text.pass(']')) return items;
  do items.push(readValue(text, [...path, items.length]));
  while (text.pass(','));
  text.pass(']');
  return items;
}

function checkName(name: string, members: ReadonlyMap<string, unknown>, path: Path): void {
  if (name === '__proto__') throw new JsonFault(pointerOf(...path), 'a member must not be named __proto__');
  if (members.has(name)) throw new JsonFault(pointerOf(...path), 'a member name must not appear twice');
}

function readObject(text: JsonText, path: Path): object {
  const members = new Map<string, unknown>();
  text.pass('{');
  if (text.pass('}')) return {};
  do {
    const name = text.memberName();
    const place = [...path, name];
    checkName(name, members, place);
    members.set(name, readValue(text, place));
  } while (text.pass(','));
  text.pass('}');
  return Object.fromEntries(members);
}

function readValue(text: JsonText, path: Path): unknown {
  const first = text.peek();
  if (first === '{') return readObject(text, path);
  if (first === '[') return readList(text, path);
  const source = text.source();
  if (first === '"') return stringOf(source);
  if (first === 't' || first === 'f') return first === 't';
  return first === 'n' ? null : readNumber(source);
}

/**
 * Reads valid JSON that is at most 64 deep without loss: long integers become text with the same digits.
 * Throws `JsonFault` on a doubled member name and on a member named `__proto__`.
 */
export const readExactly = (text: string): unknown => readValue(new JsonText(text), []);
