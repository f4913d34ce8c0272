import { isList, isObject } from '../body/json-value';

interface Step {
  readonly name: string;
  /** The same name read as a place in a list; `undefined` where it is none. Negative ones count from the end. */
  readonly index: number | undefined;
}

/** A JSON Pointer (RFC 6901), read once. */
export type Pointer = readonly Step[];

const WELL_FORMED = /^(?:\/(?:[^~/]|~[01])*)*$/;
const INDEX = /^(?:0|-?[1-9][0-9]{0,8})$/;

/** `undefined` where the text is no JSON Pointer. */
export function parsePointer(text: string): Pointer | undefined {
  if (!WELL_FORMED.test(text)) return undefined;
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((name) => ({ name, index: INDEX.test(name) ? Number(name) : undefined }));
}

const escapeStep = (name: string | number): string =>
  String(name).replaceAll('~', '~0').replaceAll('/', '~1');

export const pointerOf = (...steps: readonly (string | number)[]): string =>
  steps.map((step) => `/${escapeStep(step)}`).join('');

/** Own members only, so a name such as `constructor` finds nothing that the sender did not send. */
export function valueAt(root: unknown, pointer: Pointer): unknown {
  let value = root;
  for (const { name, index } of pointer) {
    if (isList(value)) value = index === undefined ? undefined : value.at(index);
    else if (isObject(value) && Object.hasOwn(value, name)) value = value[name];
    else return undefined;
  }
  return value;
}
