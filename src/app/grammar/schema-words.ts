import { isList, isObject, type JsonObject, listOf } from '#domain/partners/body/json-value';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: '`true` or `false`',
  object: 'object',
};

const REFERENCES: Readonly<Record<string, string>> = {
  source: 'source',
  signatureSource: 'source',
  alternative: 'signature',
  mapping: 'mapping',
  bodyDigest: 'object',
  templates: 'template, or a list of up to 8',
};

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const code = (value: unknown): string => `\`${shown(value)}\``;

function rangeOf({ minimum, maximum }: JsonObject): string {
  return minimum === undefined || maximum === undefined ? '' : `, ${shown(minimum)} to ${shown(maximum)}`;
}

function listWords(schema: JsonObject): string {
  const { items, minItems = 0, maxItems } = schema;
  const most = maxItems === undefined ? '' : `, ${shown(minItems)} to ${shown(maxItems)}`;
  return `list of ${valueWords(items)}${most}`;
}

function typeWords(schema: JsonObject): string {
  const { type, expected, maxLength, additionalProperties, maxProperties } = schema;
  if (type === 'array') return listWords(schema);
  if (typeof expected === 'string') return expected;
  if (type === 'object' && isObject(additionalProperties))
    return `names with ${valueWords(additionalProperties)}${maxProperties === undefined ? '' : `, up to ${shown(maxProperties)}`}`;
  if (schema['format'] === 'date-time') return 'time as in RFC 3339';
  const words = listOf<unknown>(type).map((name) => TYPES[String(name)] ?? String(name));
  const length = maxLength === undefined ? '' : `, up to ${shown(maxLength)} characters`;
  return words.join(', ') + length + rangeOf(schema);
}

function wordsOf(schema: JsonObject): string {
  const { $ref, enum: choices, const: constant } = schema;
  if (typeof $ref === 'string') return REFERENCES[$ref.slice($ref.lastIndexOf('/') + 1)] ?? 'object';
  if (typeof schema['expected'] === 'string' && schema['type'] === undefined) return schema['expected'];
  if (isList(choices)) return choices.map(code).join(', ');
  if (constant !== undefined) return code(constant);
  if (isObject(schema['then']) && isObject(schema['else']))
    return `${wordsOf(schema['else'])}, or a list of up to ${shown(schema['then']['maxItems'])}`;
  return schema['type'] === undefined ? 'field' : typeWords(schema);
}

/** What a schema allows, for people. */
export const valueWords = (schema: unknown): string => (isObject(schema) ? wordsOf(schema) : '');
