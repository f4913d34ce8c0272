import { isIP } from 'node:net';
import { type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import { type Fault, faultAt } from '../document/fault';
import { schemaFaults } from '../document/schema-faults';
import { isRfc3339 } from '../time/iso8601';

/** A request to try, as an operator writes it down. */
export interface DryRunRequest {
  /** Default: POST. */
  readonly method?: string;
  /** Path and query. Default: those of `url`, else the partner's own route. */
  readonly path?: string;
  /** The whole URL as the sender signed it; goes before the partner's `publicUrl`. */
  readonly url?: string;
  /** Tries the address list. */
  readonly ip?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  /** The clock of the time check, RFC 3339. Default: now. */
  readonly at?: string;
}

export type ParsedDryRun =
  | { readonly ok: true; readonly request: DryRunRequest }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const text = (maxLength: number) => ({ type: 'string', maxLength });
const value = text(65_536);

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    method: { type: 'string', pattern: '^[A-Za-z]{1,20}$', expected: 'a method of HTTP, such as POST' },
    path: { ...text(8192), pattern: '^/', expected: 'a path that begins with /, and its query' },
    url: { ...text(8192), pattern: '^https?://', expected: 'a whole URL with http or https' },
    ip: { type: 'string', format: 'ip', expected: 'an IPv4 or IPv6 address' },
    headers: {
      type: 'object',
      maxProperties: 200,
      propertyNames: {
        pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
        expected: 'an object whose members are named as headers may be',
      },
      additionalProperties: {
        if: { type: 'array' },
        then: { type: 'array', minItems: 1, maxItems: 50, items: value },
        else: value,
      },
    },
    body: { type: 'string' },
    bodyBase64: { type: 'string', format: 'base64', expected: 'base64 with its padding' },
    at: { type: 'string', format: 'date-time' },
  },
};

let compiled: ValidateFunction<DryRunRequest> | undefined;

/** Made for the first request, not when the file is imported. */
function validator(): ValidateFunction<DryRunRequest> {
  if (compiled !== undefined) return compiled;
  const ajv = new Ajv2020({ allErrors: true, verbose: true });
  ajv.addFormat('date-time', isRfc3339);
  ajv.addFormat('ip', (text) => isIP(text) !== 0);
  // Not by a pattern: a megabyte is too much for one.
  ajv.addFormat('base64', (text) => Buffer.from(text, 'base64').toString('base64') === text);
  ajv.addKeyword({ keyword: 'expected', schemaType: 'string' });
  return (compiled = ajv.compile<DryRunRequest>(SCHEMA));
}

/** Checks what an operator wrote; all faults are told at once. */
export function parseDryRunRequest(input: unknown): ParsedDryRun {
  const isRequest = validator();
  if (!isRequest(input)) return { ok: false, faults: schemaFaults(isRequest.errors) };
  if (input.body !== undefined && input.bodyBase64 !== undefined)
    return { ok: false, faults: [faultAt('/bodyBase64', 'must be left out where there is a body')] };
  return { ok: true, request: input };
}
