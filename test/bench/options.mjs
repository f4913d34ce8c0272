import { parseArgs } from 'node:util';

export const HELP = `npm run bench [-- options]

Measures the intake of one gateway process against two handlers that do less, on the same Redis and MongoDB, in
interleaved rounds: "naive" checks the signature and adds one queue job per event, nothing is journaled; "safe" also
inserts every event into MongoDB first (majority, journaled). Figures are ratios of one run on one machine.

  --rounds N        rounds, each with every target once, in rotating order   (5)
  --seconds N       measured seconds per target and round                    (5)
  --connections N   keep-alive connections of the load generator             (100)
  --rate N          requests per second of the latency measurement           (200)
  --profile         one round of the gateway under the CPU profiler: where the time goes
  --json            one JSON document on stdout; what is said meanwhile goes to stderr
  --help            this text

Exit code: 0 measured, 1 an answer was not 202 or something failed, 2 wrong usage.
REDIS_URL and MONGO_URI are used when set and answering; else servers are started for the run and removed after it.`;

const FLAGS = {
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '100' },
  rate: { type: 'string', default: '200' },
  profile: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};
const LIMITS = { rounds: [1, 50], seconds: [1, 120], connections: [1, 2000], rate: [1, 20_000] };

export class UsageError extends Error {}

export function readOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({ args, options: FLAGS }));
  } catch (error) {
    throw new UsageError(error.message);
  }
  const numbers = Object.entries(LIMITS).map(([name, limits]) => [
    name,
    wholeNumber(name, values[name], limits),
  ]);
  return { ...values, ...Object.fromEntries(numbers) };
}

function wholeNumber(name, text, [least, most]) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
}
