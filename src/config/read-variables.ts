import { constants, readFileSync, statSync } from 'node:fs';
import type { ConfigFault } from './fault';
import { isUnknownVariable, SECRET_VARIABLES } from './variables';

export interface ReadVariables {
  /** Set variables only; an empty one counts as unset, as compose files pass `${NAME:-}` on. */
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly ConfigFault[];
  readonly warnings: readonly string[];
}

const MAX_SECRET_BYTES = 64 * 1024;

/** Editors end a file with a line feed that nobody meant to be part of the secret. */
export function readSecretFile(path: string): string {
  // A device or a pipe could be endless: reading it would end the process.
  const { size, mode } = statSync(path);
  if ((mode & constants.S_IFMT) !== constants.S_IFREG || size > MAX_SECRET_BYTES) {
    throw new Error(`expected a regular file of at most ${MAX_SECRET_BYTES} bytes`);
  }
  return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
}

function readFromFile(name: string, path: string): string | ConfigFault {
  const variable = `${name}_FILE`;
  try {
    const text = readSecretFile(path);
    return text === ''
      ? { variable, expected: 'the path of a file that is not empty', received: path }
      : text;
  } catch {
    return { variable, expected: 'the path of a file that this process may read', received: path };
  }
}

function secretOf(name: string, source: NodeJS.ProcessEnv): string | ConfigFault | undefined {
  const value = source[name] || undefined;
  const path = source[`${name}_FILE`] || undefined;
  if (value !== undefined && path !== undefined) {
    return { variable: `${name}_FILE`, expected: `to be unset, or ${name} to be: one of the two` };
  }
  return path === undefined ? value : readFromFile(name, path);
}

/** Picks our variables out of the environment and reads the secrets that are given as files. */
export function readVariables(source: NodeJS.ProcessEnv, names: readonly string[]): ReadVariables {
  const secrets: ReadonlySet<string> = new Set(SECRET_VARIABLES);
  const known = new Set([...names, ...SECRET_VARIABLES.map((name) => `${name}_FILE`)]);
  const values: Record<string, string> = {};
  const faults: ConfigFault[] = [];
  for (const name of names) {
    const value = secrets.has(name) ? secretOf(name, source) : source[name] || undefined;
    if (typeof value === 'string') values[name] = value;
    else if (value !== undefined) faults.push(value);
  }
  const warnings = Object.keys(source)
    .filter((name) => isUnknownVariable(name, known))
    .map((name) => `${name} is not a variable of the gateway and has no effect: check its spelling`);
  return { values, faults, warnings };
}
