import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ADMIN_API_KEY } from '../support/gateway-process';

const PROGRAM = join(__dirname, '../../dist/gateway.main.js');
const LIMIT_MS = 30_000;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `gateway …` as an operator would: a process of its own, its output piped. */
export function gateway(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    const options = { env: { PATH, HOME, GATEWAY_API_KEY: ADMIN_API_KEY, ...env }, timeout: LIMIT_MS };
    const child = execFile(process.execPath, [PROGRAM, ...args], options, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}
