import { type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import { type JsonObject } from '../body/json-value';
import { type Fault } from '../document/fault';
import { schemaFaults } from '../document/schema-faults';
import { isRfc3339 } from '../time/iso8601';

function compile(schema: JsonObject, allErrors: boolean): ValidateFunction {
  const ajv = new Ajv2020({ allErrors, verbose: allErrors, allowUnionTypes: true });
  ajv.addFormat('date-time', isRfc3339);
  return ajv.compile(schema);
}

/** The schema of one version of the canonical event, compiled once. */
export class CanonicalSchema {
  private readonly isValid: ValidateFunction;
  /** Slower, and seldom needed: made when something is wrong for the first time. */
  private findAll: ValidateFunction | undefined;

  constructor(private readonly schema: JsonObject) {
    this.isValid = compile(schema, false);
  }

  /** Everything that keeps a value from being such an event, with the paths; nothing if it is one. */
  problems(value: unknown): readonly Fault[] {
    if (this.isValid(value)) return [];
    const validate = (this.findAll ??= compile(this.schema, true));
    return validate(value) ? [] : schemaFaults(validate.errors);
  }
}
