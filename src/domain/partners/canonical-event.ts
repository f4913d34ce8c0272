import { readFileSync } from 'node:fs';
import { type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import { readJson } from './body/json';
import { isObject } from './body/json-value';
import { type Fault } from './document/fault';
import { schemaFaults } from './document/schema-faults';
import { shippedConfig } from './shipped-config';
import { isRfc3339 } from './time/iso8601';

export const CANONICAL_SCHEMA_VERSIONS: readonly string[] = ['1'];

const SCHEMA_FILE = shippedConfig('schemas', 'canonical-event-1.json');

function compileSchema(allErrors: boolean): ValidateFunction {
  const schema = readJson(readFileSync(SCHEMA_FILE));
  if (!schema.ok || !isObject(schema.value)) throw new Error(`${SCHEMA_FILE} must be a JSON Schema`);
  const ajv = new Ajv2020({ allErrors, verbose: allErrors, allowUnionTypes: true });
  ajv.addFormat('date-time', isRfc3339);
  return ajv.compile(schema.value);
}

/** Made at the first event, not when the file is imported. */
class Validators {
  private first: ValidateFunction | undefined;
  private every: ValidateFunction | undefined;

  isValid(value: unknown): boolean {
    return (this.first ??= compileSchema(false))(value);
  }

  problems(value: unknown): readonly Fault[] {
    const validate = (this.every ??= compileSchema(true));
    return validate(value) ? [] : schemaFaults(validate.errors);
  }
}

const validators = new Validators();

/** Everything that keeps a value from being a canonical event of version 1, with the paths; nothing if it is one. */
export const canonicalEventProblems = (value: unknown): readonly Fault[] =>
  validators.isValid(value) ? [] : validators.problems(value);
