import { isObject, type JsonObject } from '#domain/partners/body/json-value';
import { mergePatch } from '#domain/partners/document/merge-patch';

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const fromMembers = (values: readonly JsonObject[], memberNamed: (name: string) => unknown): JsonObject => {
  const names = new Set(values.flatMap((value) => Object.keys(value)));
  return Object.fromEntries([...names].map((name) => [name, memberNamed(name)]));
};

/**
 * The one merge patch (RFC 7396) that does to `base` what `first` and then `second` do. A partner over a preset is
 * stored as a patch over it, so a change of the partner has to become part of that patch: a removed member stays
 * in it as `null`, or the preset's own would come back.
 */
export function composedPatch(base: unknown, first: unknown, second: unknown): unknown {
  if (!isObject(second) || first === undefined) return second;
  if (!isObject(first)) return replacing(base, mergePatch({}, second));
  return fromMembers([first, second], (name) => {
    const written = memberOf(first, name);
    const change = memberOf(second, name);
    return change === undefined ? written : composedPatch(memberOf(base, name), written, change);
  });
}

/** The patch that makes exactly `value` of `base`. */
function replacing(base: unknown, value: unknown): unknown {
  if (!isObject(value) || !isObject(base)) return value;
  return fromMembers([base, value], (name) =>
    Object.hasOwn(value, name) ? replacing(base[name], value[name]) : null,
  );
}
