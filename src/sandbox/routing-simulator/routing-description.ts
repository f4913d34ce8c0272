import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject, type JsonObject } from '#domain/partners/body/json-value';
import { shippedConfig } from '#domain/partners/shipped-config';

export const DESCRIPTION_FILE = shippedConfig('schemas', 'routing-service.openapi.yaml');

/** What a routing service must offer, as given to those who build one (OpenAPI 3.1). */
export function routingDescription(): JsonObject {
  const description: unknown = parse(readFileSync(DESCRIPTION_FILE, 'utf8'));
  if (isObject(description)) return description;
  throw new Error(`${DESCRIPTION_FILE} must be an object`);
}
