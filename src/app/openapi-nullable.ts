import { type OpenAPIObject } from '@nestjs/swagger';

/**
 * The decorators speak OpenAPI 3.0, where `nullable` stands beside a type; in 3.1 that word means nothing and
 * null is a type of its own (JSON Schema 2020-12).
 */
export function nullTypesIn({
  paths,
  components = {},
}: OpenAPIObject): Pick<OpenAPIObject, 'paths' | 'components'> {
  return { paths: withNullTypes(paths), components: withNullTypes(components) };
}

/** The same document: only what `nullable` says is written otherwise. */
function withNullTypes<T>(node: T): T;
function withNullTypes(node: unknown): unknown {
  if (Array.isArray(node)) return node.map((item: unknown) => withNullTypes(item));
  if (typeof node !== 'object' || node === null) return node;
  const members: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withNullTypes(value)]),
  );
  const { nullable, type, allOf, ...rest }: Record<string, unknown> = members;
  if (nullable !== true) return members;
  if (typeof type === 'string') return { ...rest, type: [type, 'null'], ...nullInEnum(rest['enum']) };
  if (Array.isArray(allOf)) return { ...rest, oneOf: [...listOf(allOf), { type: 'null' }] };
  return { ...rest, ...(type === undefined ? {} : { type }) };
}

const nullInEnum = (values: unknown): { enum?: unknown[] } =>
  Array.isArray(values) && !values.includes(null) ? { enum: [...listOf(values), null] } : {};

const listOf = (list: readonly unknown[]): readonly unknown[] => list;
