import { isList, isObject, type JsonObject } from '../body/json-value';
import { type StoredPartner } from '../stored-partner';

/** Gives the value of a stored secret of the partner, or what refers to it; `undefined` where it cannot be had. */
export type WrittenValue = (secret: StoredPartner['secrets'][number]) => string | undefined;

function withoutValue({ value: _value, ...rest }: JsonObject, id: string): JsonObject {
  return { ...rest, id };
}

/**
 * A list of secrets in which each value that the partner has already is only named by its id: so the same document
 * applied twice makes no second secret, and a secret keeps its id and its age.
 */
export function alignedSecrets(list: unknown, { secrets }: StoredPartner, valueOf: WrittenValue): unknown {
  if (!isList(list)) return list;
  const taken = new Set<string>();
  return list.map((given) => {
    if (!isObject(given) || typeof given['value'] !== 'string') return given;
    const { id, value } = given;
    const same = secrets.find(
      (stored) =>
        !taken.has(stored.id) && (id === undefined || id === stored.id) && valueOf(stored) === value,
    );
    if (same === undefined) return given;
    taken.add(same.id);
    return withoutValue(given, same.id);
  });
}
