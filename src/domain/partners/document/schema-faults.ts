import { type ErrorObject } from 'ajv';
import { isList, isObject, type JsonObject, listOf } from '../body/json-value';
import { pointerOf } from '../template/pointer';
import { type Fault, faultAt, firstOfEachPath } from './fault';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'a time as in RFC 3339, with an offset: 2030-01-31T12:00:00Z',
};

function typeText(type: unknown): string {
  const names = listOf<unknown>(type).map((name) => TYPE_NAMES[String(name)] ?? String(name));
  return names.join(' or ');
}

function rangeText({ type, minimum, maximum }: JsonObject): string {
  const what = typeText(type ?? 'number');
  const [from, to] = [JSON.stringify(minimum), JSON.stringify(maximum)];
  if (minimum === undefined) return `${what} up to ${to}`;
  return maximum === undefined ? `${what} from ${from} on` : `${what} from ${from} to ${to}`;
}

const isRange = ({ minimum, maximum }: JsonObject): boolean => minimum !== undefined || maximum !== undefined;

function choicesText(choices: unknown): string {
  return isList(choices) ? `one of ${choices.map((choice) => String(choice)).join(', ')}` : String(choices);
}

type Describe = (params: JsonObject, schema: JsonObject) => string;

const atLeast =
  (noun: string): Describe =>
  ({ limit }) =>
    limit === 1 ? 'must not be empty' : `must have at least ${String(limit)} ${noun}`;
const atMost =
  (noun: string): Describe =>
  ({ limit }) =>
    `must have at most ${String(limit)} ${noun}`;
const inRange: Describe = (_, schema) => `must be ${rangeText(schema)}`;

/** What a keyword of JSON Schema expected; the field's name comes before it. */
const DESCRIBE: Readonly<Record<string, Describe>> = {
  type: (params, schema) => `must be ${isRange(schema) ? rangeText(schema) : typeText(params['type'])}`,
  enum: ({ allowedValues }) => `must be ${choicesText(allowedValues)}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  minimum: inRange,
  maximum: inRange,
  minLength: atLeast('characters'),
  maxLength: atMost('characters'),
  minItems: atLeast('items'),
  maxItems: atMost('items'),
  minProperties: atLeast('members'),
  maxProperties: atMost('members'),
  pattern: ({ pattern }) => (pattern === '\\S' ? 'must not be blank' : `must match ${String(pattern)}`),
  format: ({ format }) => `must be ${FORMATS[String(format)] ?? String(format)}`,
  required: () => 'is required',
  additionalProperties: (_, { properties }) =>
    isObject(properties)
      ? `is not known here; known are ${Object.keys(properties).join(', ')}`
      : 'is not known here',
};

const MISSING_OR_UNKNOWN = ['missingProperty', 'additionalProperty'];

/** A missing or unknown member is named by its own place, not by that of the object around it. */
function placeOf({ instancePath, params }: ErrorObject): string {
  const loose: JsonObject = { ...params };
  const name = MISSING_OR_UNKNOWN.map((key) => loose[key]).find((found) => typeof found === 'string');
  return name === undefined ? instancePath : instancePath + pointerOf(String(name));
}

function faultOf(error: ErrorObject): Fault {
  const params: JsonObject = { ...error.params };
  const schema: JsonObject = { ...error.parentSchema };
  const path = placeOf(error);
  const { expected } = schema;
  if (typeof expected === 'string' && path === error.instancePath)
    return faultAt(path, `must be ${expected}`);
  return faultAt(path, DESCRIBE[error.keyword]?.(params, schema) ?? error.message ?? 'is not as expected');
}

/** Of `if` only the branch that was taken says anything. */
const SILENT = new Set(['if', 'propertyNames']);

/** Needs `verbose: true`, so that a message can say what the schema expected. */
export const schemaFaults = (errors: readonly ErrorObject[] | null | undefined): readonly Fault[] =>
  firstOfEachPath((errors ?? []).filter(({ keyword }) => !SILENT.has(keyword)).map(faultOf));
