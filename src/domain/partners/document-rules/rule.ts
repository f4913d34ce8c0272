import { isList, isObject, type JsonObject } from '../body/json-value';
import { parsePointer } from '../template/pointer';

/** Says what was expected at a path. */
export type Report = (path: string, expected: string) => void;

/**
 * What a schema cannot say. Rules run on documents that may have other faults, too, so that all are reported at
 * once: they look only at what has the right type.
 */
export type Rule = (document: JsonObject, report: Report) => void;

export interface Placed<T> {
  readonly path: string;
  readonly value: T;
}

/** The object at this member, if it is one. */
export const objectAt = (
  { path, value }: Placed<JsonObject>,
  name: string,
): Placed<JsonObject> | undefined => {
  const member = value[name];
  return isObject(member) ? { path: `${path}/${name}`, value: member } : undefined;
};

/** Every text at this member, whether it is one or a list of them. */
export function textsAt({ path, value }: Placed<JsonObject>, name: string): readonly Placed<string>[] {
  const member = value[name];
  const at = `${path}/${name}`;
  if (typeof member === 'string') return [{ path: at, value: member }];
  if (!isList(member)) return [];
  return member.flatMap((item, index) =>
    typeof item === 'string' ? { path: `${at}/${index}`, value: item } : [],
  );
}

export const rootOf = (document: JsonObject): Placed<JsonObject> => ({ path: '', value: document });

/** Every signature alternative, whether there is one or a list of them. */
export function alternativesOf({ signature }: JsonObject): readonly Placed<JsonObject>[] {
  if (isObject(signature)) return [{ path: '/signature', value: signature }];
  if (!isList(signature)) return [];
  return signature.flatMap((value, index) => (isObject(value) ? { path: `/signature/${index}`, value } : []));
}

export const POINTER_EXPECTED =
  'must be a JSON Pointer, which begins with "/"; "~" is written ~0, "/" in a name ~1';

export function checkPointer({ path, value }: Placed<string>, report: Report): void {
  if (parsePointer(value) === undefined) report(path, POINTER_EXPECTED);
}
