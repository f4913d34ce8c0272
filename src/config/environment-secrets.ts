import { realpathSync } from 'node:fs';
import { isReservedPath, reservedSourceFault } from '#domain/partners/document/reserved-sources';
import { readSecretFile } from './read-variables';
import { SECRET_VARIABLES } from './variables';

/** Gives the text behind `env:NAME` or `file:/path`; `undefined` where there is none, or none that may be given. */
export type ResolveSecret = (reference: string) => string | undefined;

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function variable(name: string, source: NodeJS.ProcessEnv): string | undefined {
  const path = source[`${name}_FILE`];
  return source[name] || (path ? ifThere(() => readSecretFile(path)) : undefined);
}

/** Where the gateway's own secrets stand that no reference may name. */
function ownFiles(source: NodeJS.ProcessEnv): readonly (string | undefined)[] {
  const own = SECRET_VARIABLES.filter((name) => reservedSourceFault(`env:${name}`) !== undefined);
  const paths = own.flatMap((name) => source[`${name}_FILE`] ?? []);
  return paths.map((path) => ifThere(() => realpathSync(path)));
}

/** What counts is where a path leads: a symbolic link may have any name. */
function file(path: string, source: NodeJS.ProcessEnv): string | undefined {
  const real = ifThere(() => realpathSync(path));
  if (real === undefined || isReservedPath(real) || ownFiles(source).includes(real)) return undefined;
  return ifThere(() => readSecretFile(real));
}

/** For modules that keep references to secrets: they never see the environment itself. */
export function environmentSecrets(source: NodeJS.ProcessEnv): ResolveSecret {
  return (reference) => {
    if (reservedSourceFault(reference) !== undefined) return undefined;
    if (reference.startsWith('env:')) return variable(reference.slice('env:'.length), source) || undefined;
    if (reference.startsWith('file:/')) return file(reference.slice('file:'.length), source) || undefined;
    return undefined;
  };
}
