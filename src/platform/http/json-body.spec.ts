import { jsonText } from './json-body';
import { ProblemError } from './problem';

const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth));

it.each([
  ['plain', Buffer.from('{"a":[1,"x"]}')],
  ['64 levels', nested(64)],
  ['brackets within texts', Buffer.from(JSON.stringify({ a: `${'[{'.repeat(200)}"\\` }))],
])('passes %s', (_, body) => expect(jsonText(body)).toBe(body.toString()));

it.each([
  ['an empty body', Buffer.alloc(0)],
  ['65 levels', nested(65)],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
])('refuses %s', (_, body) => expect(() => jsonText(body)).toThrow(ProblemError));
