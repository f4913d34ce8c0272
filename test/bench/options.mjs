import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios.mjs';

const DEFAULT_SCENARIO = 'intake';
const FLAG_WIDTH = 16;
const EVERYWHERE = {
  json: { text: 'one JSON document on stdout; what is said meanwhile goes to stderr' },
  help: { text: 'this text' },
};
const NOTES = `Exit code: 0 measured, 1 a figure is worth nothing or something failed, 2 wrong usage.
REDIS_URL and MONGO_URI are used when set and answering; else servers are started for the run and removed after it.`;

/** Wrong usage, and the help of the scenario that was meant. */
export class UsageError extends Error {
  constructor(message, help) {
    super(message);
    this.help = help;
  }
}

/** Which scenario is to be run, and its options; all that were not given have their defaults. */
export function readCommand(args) {
  const { values, positionals } = parsed(args);
  const [name = DEFAULT_SCENARIO, ...others] = positionals;
  if (!Object.hasOwn(SCENARIOS, name) || others.length > 0) {
    const known = Object.keys(SCENARIOS).join(', ');
    const got = positionals.join(' ');
    throw new UsageError(`expected one scenario of ${known}, got "${got}"`, helpOf(DEFAULT_SCENARIO));
  }
  const help = helpOf(name);
  const flags = flagsOf(name);
  for (const given of Object.keys(values))
    if (!Object.hasOwn(flags, given)) throw new UsageError(`--${given}: not an option of ${name}`, help);
  const options = Object.entries(flags).map(([flag, spec]) => [
    flag,
    spec.default === undefined
      ? (values[flag] ?? false)
      : wholeNumber(flag, values[flag] ?? spec.default, spec, help),
  ]);
  return { run: SCENARIOS[name].run, options: Object.fromEntries(options), help };
}

/** Knows the options of all scenarios: which one is meant is clear only when all words are read. */
function parsed(args) {
  const all = Object.keys(SCENARIOS).flatMap((name) => Object.entries(flagsOf(name)));
  const types = all.map(([flag, spec]) => [
    flag,
    { type: spec.default === undefined ? 'boolean' : 'string' },
  ]);
  try {
    return parseArgs({ args, options: Object.fromEntries(types), allowPositionals: true });
  } catch (error) {
    throw new UsageError(error.message, helpOf(DEFAULT_SCENARIO));
  }
}

const flagsOf = (name) => ({ ...SCENARIOS[name].flags, ...EVERYWHERE });

function wholeNumber(name, text, { least, most }, help) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`, help);
}

function helpOf(name) {
  const flags = Object.entries(flagsOf(name)).map(([flag, spec]) => {
    const isNumber = spec.default !== undefined;
    return line(`--${flag}${isNumber ? ' N' : ''}`, `${spec.text}${isNumber ? ` (${spec.default})` : ''}`);
  });
  const scenarios = Object.entries(SCENARIOS).map(([other, { summary }]) => line(other, summary));
  const parts = [
    `npm run bench [-- [${Object.keys(SCENARIOS).join(' | ')}] options]`,
    SCENARIOS[name].about,
    flags.join('\n'),
    `Scenarios, each with its own --help:\n${scenarios.join('\n')}`,
    NOTES,
  ];
  return parts.join('\n\n');
}

const line = (name, text) => `  ${name.padEnd(FLAG_WIDTH)}  ${text}`;
