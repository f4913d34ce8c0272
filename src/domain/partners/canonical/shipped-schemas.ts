import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../body/json';
import { isObject, type JsonObject } from '../body/json-value';
import { shippedConfig } from '../shipped-config';
import { type Schemas } from './chain-faults';

const SCHEMA_FILE = /^canonical-event-([1-9][0-9]*)\.json$/;

/** The versions that a directory has a schema of, oldest first. */
export const versionsIn = (directory: string): readonly number[] =>
  readdirSync(directory)
    .flatMap((file) => SCHEMA_FILE.exec(file)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other);

function readSchema(file: string): JsonObject {
  const parsed = readJson(readFileSync(file));
  if (parsed.ok && isObject(parsed.value)) return parsed.value;
  throw new Error(`${file} must be a JSON Schema`);
}

/** Every `canonical-event-<version>.json` of a directory. */
export const readSchemas = (directory: string): Schemas =>
  new Map(
    versionsIn(directory).map((version) => [
      version,
      readSchema(join(directory, `canonical-event-${version}.json`)),
    ]),
  );

export const SHIPPED_SCHEMAS = shippedConfig('schemas');
