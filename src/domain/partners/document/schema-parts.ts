import { type Block, described } from './meanings';

export type Schema = Readonly<Record<string, unknown>>;

export const text = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });
export const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
export const choice = (...values: readonly unknown[]): Schema => ({ enum: values });
export const list = (items: Schema, maxItems: number): Schema => ({
  type: 'array',
  minItems: 1,
  maxItems,
  items,
});
export const object = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
/** An object whose keys are explained. */
export const block = (name: Block, properties: Schema, required?: readonly string[]): Schema =>
  object(described(name, properties), required);
/** One or a list of them. */
export const oneOrMany = (one: Schema, maxItems: number): Schema => ({
  if: { type: 'array' },
  then: list(one, maxItems),
  else: one,
});
export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
/** Looked at by a rule of its own, which can say more than a schema. */
export const ANYTHING = {};
