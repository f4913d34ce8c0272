import { posix } from 'node:path';

/**
 * Secrets of the gateway itself, which no partner may have: whoever may name a secret could otherwise try out what
 * it is. Without SIGNING_SECRET, which is the secret of the partner `default`.
 */
const OWN_VARIABLES: ReadonlySet<string> = new Set([
  'ADMIN_API_KEY',
  'ENCRYPTION_KEYS',
  'METRICS_TOKEN',
  'MONGO_URI',
  'REDIS_URL',
]);

const FILE_SUFFIX = '_FILE';

/** The environment of a process, its open files and its devices are there as files, too. */
const OWN_DIRECTORIES = ['/proc', '/sys', '/dev'];

/** Of an absolute path, as it is written: symbolic links are for whoever reads it. */
export function isReservedPath(path: string): boolean {
  const plain = posix.normalize(path);
  return OWN_DIRECTORIES.some((directory) => plain === directory || plain.startsWith(`${directory}/`));
}

function variableFault(name: string): string | undefined {
  // On some systems the case of a name does not count.
  const isPath = name.toUpperCase().endsWith(FILE_SUFFIX);
  const variable = isPath ? name.slice(0, -FILE_SUFFIX.length) : name;
  if (OWN_VARIABLES.has(variable.toUpperCase()))
    return `must not name ${name}, a secret of the gateway itself: give the partner's secret a variable of its own`;
  if (!isPath) return undefined;
  return `must not name ${name}, which holds a path: name ${variable} instead, and the file behind ${name} is read`;
}

/** Why `env:NAME` or `file:/path` must not be a partner's secret; `undefined` where it may. */
export function reservedSourceFault(reference: string): string | undefined {
  if (reference.startsWith('env:')) return variableFault(reference.slice('env:'.length));
  if (!reference.startsWith('file:') || !isReservedPath(reference.slice('file:'.length))) return undefined;
  const directories = OWN_DIRECTORIES.join(', ');
  return `must not name a file below ${directories}, where the system shows processes and devices: use a regular file`;
}
