import { parseArgs } from 'node:util';
import { type SimulatorPlace } from './routing-simulator';
import { parseSimulatorSettings, type SimulatorSettings } from './simulator-settings';

export const USAGE = `Usage: npm run routing-simulator -- [options]

A routing service on this machine, to try the gateway with: prints ROUTING_URL=… and answers until Ctrl-C. It holds
every call against config/schemas/routing-service.openapi.yaml, and answers 400 with the faults where it differs.

  --port N             port to listen on (4000; 0: any that is free)
  --host ADDRESS       address to listen on (127.0.0.1)
  --latency-ms N       how long answers take (0)
  --latency-p99-ms N   spreads it: --latency-ms is the median then, and 1 of 100 answers takes longer than this

Shares of all calls, from 0 to 1, of which the rest gets a decision:

  --hang               no answer at all
  --errors             500, 502, 503 or 504
  --throttled          429 with Retry-After
  --rejected           422
  --not-json           200 with a text that is no JSON
  --list               200 with a list
  --too-large          200 with more than 16 KiB
  --nothing            204

  --retry-after N      seconds in the answers of --throttled (1)
  --seed N             the same seed and calls give the same outcomes (1)
  --help               this text

While it runs: GET /stats counts what it was asked and answered, GET /settings shows what it is set to, and
PUT /settings sets it, as {"latency":{"medianMs":300,"p99Ms":2000},"hang":0.01}; what is not named is as without options.

The same Idempotency-Key gets the same decision again.
`;

export type SimulatorCommand =
  | { readonly do: 'simulate'; readonly settings: SimulatorSettings; readonly place: SimulatorPlace }
  | { readonly do: 'help' }
  | { readonly do: 'complain'; readonly fault: string };

const DEFAULT_PORT = 4000;
const text = { type: 'string' } as const;
const OPTIONS = {
  port: text,
  host: text,
  'latency-ms': text,
  'latency-p99-ms': text,
  hang: text,
  errors: text,
  throttled: text,
  rejected: text,
  'not-json': text,
  list: text,
  'too-large': text,
  nothing: text,
  'retry-after': text,
  seed: text,
  help: { type: 'boolean', short: 'h' },
} as const;

const read = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS }).values;
type Values = ReturnType<typeof read>;

/** Not a number where the text is none, so that the check of the settings says what is expected. */
const numberOf = (value: string): number => (value.trim() === '' ? NaN : Number(value));

function numbersOf(given: Readonly<Record<string, string | undefined>>): Readonly<Record<string, number>> {
  const entries = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, numberOf(value)] as const],
  );
  return Object.fromEntries(entries);
}

function settingsOf(values: Values): unknown {
  const { 'latency-ms': usual = '0', 'latency-p99-ms': p99 } = values;
  return {
    latency: numbersOf(p99 === undefined ? { fixedMs: usual } : { medianMs: usual, p99Ms: p99 }),
    ...numbersOf({
      hang: values.hang,
      errors: values.errors,
      throttled: values.throttled,
      rejected: values.rejected,
      notJson: values['not-json'],
      list: values.list,
      tooLarge: values['too-large'],
      nothing: values.nothing,
      retryAfterSeconds: values['retry-after'],
      seed: values.seed,
    }),
  };
}

function placeOf({ host = '127.0.0.1', port = `${DEFAULT_PORT}` }: Values): SimulatorPlace | undefined {
  const number = numberOf(port);
  return Number.isInteger(number) && number >= 0 && number < 65_536 ? { host, port: number } : undefined;
}

export function readSimulatorCommand(args: readonly string[]): SimulatorCommand {
  try {
    const values = read(args);
    if (values.help) return { do: 'help' };
    const place = placeOf(values);
    if (place === undefined) return { do: 'complain', fault: 'port must be a number from 0 to 65535' };
    const parsed = parseSimulatorSettings(settingsOf(values));
    if (parsed.ok) return { do: 'simulate', settings: parsed.settings, place };
    return { do: 'complain', fault: parsed.faults.map(({ message }) => message).join('; ') };
  } catch (error) {
    return { do: 'complain', fault: error instanceof Error ? error.message : String(error) };
  }
}
