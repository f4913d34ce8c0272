import { readSecretFile } from './read-variables';

/** Gives the text behind `env:NAME` or `file:/path`; `undefined` where there is none. */
export type ResolveSecret = (reference: string) => string | undefined;

function readIfThere(path: string): string | undefined {
  try {
    return readSecretFile(path) || undefined;
  } catch {
    return undefined;
  }
}

function variable(name: string, source: NodeJS.ProcessEnv): string | undefined {
  const path = source[`${name}_FILE`];
  return source[name] || (path ? readIfThere(path) : undefined);
}

/** For modules that keep references to secrets: they never see the environment itself. */
export function environmentSecrets(source: NodeJS.ProcessEnv): ResolveSecret {
  return (reference) => {
    if (reference.startsWith('env:')) return variable(reference.slice('env:'.length), source);
    if (reference.startsWith('file:/')) return readIfThere(reference.slice('file:'.length));
    return undefined;
  };
}
