import { isList, isObject, type JsonObject } from '#domain/partners/body/json-value';
import { PARTNER_SCHEMA } from '#domain/partners/document/partner-schema';
import { SIGNATURE_TYPES } from '#domain/partners/signature/signature-types';
import { described } from '#domain/partners/document/meanings';
import { markdownTable } from './markdown-table';
import { valueWords } from './schema-words';

const HEAD = ['key', 'value', 'meaning'];

/** The part of the schema at these names. */
function schemaAt(...path: readonly string[]): JsonObject {
  let schema: unknown = PARTNER_SCHEMA;
  for (const name of path) schema = isObject(schema) ? schema[name] : undefined;
  if (isObject(schema)) return schema;
  throw new Error(`the schema has nothing at ${path.join('/')}`);
}

function rowsOf({ properties, required }: JsonObject): readonly (readonly string[])[] {
  const needed = isList(required) ? required : [];
  return Object.entries(isObject(properties) ? properties : {}).map(([key, schema]) => {
    const meaning = isObject(schema) ? schema['description'] : undefined;
    if (typeof meaning !== 'string') throw new Error(`the key "${key}" has no description in the schema`);
    return [`\`${key}\``, valueWords(schema) + (needed.includes(key) ? ' (required)' : ''), meaning];
  });
}

/** Every key of one block of a document. */
export const blockTable = (...path: readonly string[]): string =>
  markdownTable(HEAD, rowsOf(schemaAt(...path)));

/** Keys that only some signature types have, with the types. */
export function typeTable(): string {
  const keys = new Set([...SIGNATURE_TYPES.values()].flatMap(({ properties }) => Object.keys(properties)));
  const rows = [...keys].map((key) => {
    const types = [...SIGNATURE_TYPES].filter(([, { properties }]) => key in properties);
    const schema = types.find(([, { properties }]) => key in properties)?.[1].properties[key];
    const [[, value = '', meaning = ''] = []] = rowsOf({
      properties: described('signature', { [key]: schema }),
    });
    return [`\`${key}\``, types.map(([name]) => `\`${name}\``).join(', '), value, meaning];
  });
  return markdownTable(['key', 'types', 'value', 'meaning'], rows);
}

/** The status words have one meaning for all: only the first ones are listed. */
export const priorityRows = (): string => {
  const { properties } = schemaAt('properties', 'priority');
  const { default: usual, from } = isObject(properties) ? properties : {};
  return markdownTable(HEAD, rowsOf({ properties: { default: usual, from } }));
};
