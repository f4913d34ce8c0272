import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './run-node';

/** Writes a shell script that stands where a program is looked for, and gives its path. */
export function fakeProgram(name: string, script: string, folder: string = temporaryFolder()): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

/** A program that says of itself that it is a Redis of this version. */
export const fakeRedis = (version: string, folder?: string): string =>
  fakeProgram('redis-server', `echo "Redis server v=${version} sha=0"`, folder);
