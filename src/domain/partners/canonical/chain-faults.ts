import { isList, isObject, type JsonObject } from '../body/json-value';
import { type Upcaster } from './upcaster';

/** By version. */
export type Schemas = ReadonlyMap<number, JsonObject>;

const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/** What tells a version from another, and an event from another, must be found without knowing which version it is. */
function envelopeFaults([version, schema]: readonly [number, JsonObject]): readonly string[] {
  const named = member(member(schema['properties'], 'schemaVersion'), 'const');
  const required = isList(schema['required']) ? schema['required'] : [];
  return [
    ...(named === `${version}`
      ? []
      : [`the schema of version ${version} must say so: properties.schemaVersion.const`]),
    ...['idempotencyKey', ...(version === 1 ? [] : ['schemaVersion'])]
      .filter((name) => !required.includes(name))
      .map((name) => `the schema of version ${version} must require ${name}`),
  ];
}

function stepFaults(schemas: Schemas, { from }: Upcaster): readonly string[] {
  return [from, from + 1]
    .filter((version) => !schemas.has(version))
    .map((version) => `the upcaster from version ${from} lacks the schema of version ${version}`);
}

function versionFaults(schemas: Schemas, upcasters: readonly Upcaster[], newest: number): readonly string[] {
  return Array.from({ length: newest }, (_, index) => index + 1).flatMap((version) => {
    const steps = upcasters.filter(({ from }) => from === version).length;
    if (!schemas.has(version)) return [`version ${version} has no schema`];
    if (steps > 1) return [`version ${version} has more than one upcaster`];
    return steps === 0 && version < newest ? [`version ${version} has no upcaster to the next one`] : [];
  });
}

/** What keeps these from being a chain without a gap, from version 1 to the newest. */
export function chainFaults(schemas: Schemas, upcasters: readonly Upcaster[]): readonly string[] {
  const newest = Math.max(1, ...schemas.keys());
  return [
    ...versionFaults(schemas, upcasters, newest),
    ...upcasters.flatMap((step) => stepFaults(schemas, step)),
    ...[...schemas].flatMap(envelopeFaults),
  ];
}
