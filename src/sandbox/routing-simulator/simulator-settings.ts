import { Ajv, type ValidateFunction } from 'ajv';
import { type Fault, faultAt } from '#domain/partners/document/fault';
import { schemaFaults } from '#domain/partners/document/schema-faults';
import { type Latency } from './latency';

/** What a call may come to instead of a decision, each with a share of all calls. */
export const SHARES = [
  'hang',
  'errors',
  'throttled',
  'rejected',
  'notJson',
  'list',
  'tooLarge',
  'nothing',
] as const;
export type Share = (typeof SHARES)[number];
export type Outcome = Share | 'decided';

export interface SimulatorSettings extends Readonly<Record<Share, number>> {
  readonly latency: Latency;
  /** In the answers of `throttled`. */
  readonly retryAfterSeconds: number;
  /** The same seed and calls give the same outcomes and latencies. */
  readonly seed: number;
}

export const DEFAULTS: SimulatorSettings = {
  latency: { fixedMs: 0 },
  hang: 0,
  errors: 0,
  throttled: 0,
  rejected: 0,
  notJson: 0,
  list: 0,
  tooLarge: 0,
  nothing: 0,
  retryAfterSeconds: 1,
  seed: 1,
};

export type ParsedSettings =
  | { readonly ok: true; readonly settings: SimulatorSettings }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const ms = { type: 'number', minimum: 0, maximum: 3_600_000 };
const share = { type: 'number', minimum: 0, maximum: 1 };
const latencyOf = (...names: readonly string[]) => ({
  additionalProperties: false,
  required: names,
  properties: Object.fromEntries(names.map((name) => [name, ms])),
});

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    latency: {
      type: 'object',
      if: { required: ['fixedMs'] },
      then: latencyOf('fixedMs'),
      else: latencyOf('medianMs', 'p99Ms'),
    },
    ...Object.fromEntries(SHARES.map((name) => [name, share])),
    retryAfterSeconds: { type: 'integer', minimum: 0, maximum: 86_400 },
    seed: { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1 },
  },
};

const isShaped: ValidateFunction<Partial<SimulatorSettings>> = new Ajv({
  allErrors: true,
  verbose: true,
  strictRequired: false,
}).compile<Partial<SimulatorSettings>>(SCHEMA);

function contradictions(settings: SimulatorSettings): readonly Fault[] {
  const { latency } = settings;
  const total = SHARES.reduce((sum, name) => sum + settings[name], 0);
  return [
    ...('p99Ms' in latency && latency.p99Ms < latency.medianMs
      ? [faultAt('/latency/p99Ms', 'must not be below the median')]
      : []),
    ...(total > 1 + 1e-9 ? [faultAt('', `has shares that are more than 1 together: ${total}`)] : []),
  ];
}

/** What is not named is as in the defaults. All faults are told at once. */
export function parseSimulatorSettings(input: unknown): ParsedSettings {
  if (!isShaped(input)) return { ok: false, faults: schemaFaults(isShaped.errors) };
  const settings = { ...DEFAULTS, ...input };
  const faults = contradictions(settings);
  return faults.length === 0 ? { ok: true, settings } : { ok: false, faults };
}
