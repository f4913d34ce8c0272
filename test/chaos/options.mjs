import { parseArgs } from 'node:util';
import { UsageError } from '../bench/options.mjs';
import { FAULT_KINDS } from './faults.mjs';
import { SABOTAGE_NAMES } from './sabotages.mjs';

export { UsageError };

export const HELP = `npm run chaos [-- options]

The crash ledger. Two apis, two workers, Redis and MongoDB, all real processes of the run's own, under a steady load
of signed events. In each round one of them is killed, frozen, ended or restarted, or Redis is flushed. A ledger
outside the system writes down every answer, and at the end compares what was promised with what MongoDB holds:
every acknowledged event applied or a dead letter, none twice, each shipment what its events make of it.

  --rounds N       faults, one after the other                                    (30)
  --seed N         chooses the faults and the parcels; the same seed, the same     (1)
  --rate N         events per second                                             (100)
  --only A,B       only these kinds of fault
  --routing MS     a routing service decides about events, in so many ms           (none)
  --short          each kind of fault once: about two minutes, for CI
  --sabotage NAME  breaks the product from outside, to show that the ledger can fail:
                   ${SABOTAGE_NAMES.join(', ')}, or all
  --keep           keeps logs and data (a run that shows a fault of the product keeps its own)
  --json           one JSON document on stdout; what is said meanwhile goes to stderr
  --help           this text

Kinds of fault: ${inLines(FAULT_KINDS)}
(kill: SIGKILL, back after 0.3 to 2.5 s; freeze: SIGSTOP for 1 to 5 s; term: SIGTERM, then started again;
restart: a store ends in good order and comes back; flushall: Redis forgets everything, with jobs waiting)

Examples:
  npm run chaos
  npm run chaos -- --rounds 60 --seed 7 --rate 200
  npm run chaos -- --rounds 4 --only kill-redis,flushall
  npm run chaos -- --routing 20
  npm run chaos -- --sabotage all

Exit code: 0 the promise holds, 1 it does not or the run failed, 2 wrong usage. With --sabotage all: 0 when the
ledger caught every sabotage.`;

const FLAGS = {
  ...{
    rounds: { type: 'string' },
    seed: { type: 'string' },
    rate: { type: 'string' },
    routing: { type: 'string' },
  },
  ...{ only: { type: 'string' }, sabotage: { type: 'string' } },
  ...{ short: { type: 'boolean' }, keep: { type: 'boolean' } },
  ...{ json: { type: 'boolean' }, help: { type: 'boolean' } },
};
const NUMBERS = {
  rounds: [1, 1_000, 30],
  seed: [0, 2 ** 32 - 1, 1],
  rate: [1, 2_000, 100],
  routing: [0, 500, undefined],
};

export function readOptions(args) {
  const values = parsed(args);
  if (values.short) exclude('--short runs each kind of fault once', values, ['rounds']);
  if (values.sabotage !== undefined)
    exclude('--sabotage chooses the faults that expose it', values, ['rounds', 'only', 'short']);
  const only = values.only === undefined ? FAULT_KINDS : kindsIn(values.only);
  const numbers = Object.entries(NUMBERS).map(([name, limits]) => [
    name,
    numberOf(name, values[name], limits),
  ]);
  const options = { ...values, ...Object.fromEntries(numbers), only, sabotage: sabotageIn(values.sabotage) };
  return values.short ? { ...options, rounds: only.length } : options;
}

function parsed(args) {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function exclude(because, values, names) {
  const given = names.filter((name) => values[name] !== undefined).map((name) => `--${name}`);
  if (given.length > 0) throw new UsageError(`${given.join(', ')}: expected not to be given: ${because}`);
}

function numberOf(name, text, [least, most, otherwise]) {
  if (text === undefined) return otherwise;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
}

function kindsIn(text) {
  const kinds = text.split(',').map((kind) => kind.trim());
  for (const kind of kinds) {
    if (FAULT_KINDS.includes(kind)) continue;
    throw new UsageError(`--only: expected kinds of fault out of ${FAULT_KINDS.join(', ')}; got "${kind}"`);
  }
  return [...new Set(kinds)];
}

function sabotageIn(name) {
  if (name === undefined || name === 'all' || SABOTAGE_NAMES.includes(name)) return name;
  throw new UsageError(`--sabotage: expected ${SABOTAGE_NAMES.join(', ')} or all, got "${name}"`);
}

function inLines(kinds) {
  const half = Math.ceil(kinds.length / 2);
  return `${kinds.slice(0, half).join(', ')},\n  ${kinds.slice(half).join(', ')}`;
}
