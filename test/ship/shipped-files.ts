import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(__dirname, '..', '..');

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** A YAML file with its merge keys resolved, as Compose and GitHub read it. */
export const readYaml = (path: string): unknown => parse(readText(path), { merge: true });

/** The members of an object that a file is expected to hold; says what is missing otherwise. */
export function membersOf(value: unknown, what: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} should be an object, but is ${JSON.stringify(value)}`);
  }
  return new Map<string, unknown>(Object.entries(value));
}

/** The value at a path of member names; `undefined` where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return at(Reflect.get(value, name), ...rest);
}

/** The first capture of every match. */
export const captures = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, capture = '']) => capture);
