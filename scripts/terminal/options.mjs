import { parseArgs } from 'node:util';
import { reasonOf, say } from './say.mjs';

/** Reads the command line; `--help` and wrong usage end the process. */
export function readOptions(usage, options) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } });
    if (!values.help) return values;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    say(`${reasonOf(error)}\n\n${usage}`);
    process.exit(2);
  }
}

/** A port by number, or undefined when the option was not given. */
export function readPort(text, name) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  say(`${name}: expected a port from 1 to 65535, got "${text}"`);
  process.exit(2);
}
