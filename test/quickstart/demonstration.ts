import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ADMIN_API_KEY, SIGNING_SECRET } from '../support/gateway-process';

const PROJECT = join(__dirname, '../..');

/** The demonstration as the quickstart starts it, against this gateway. */
export async function demonstrate(url: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['dist/sandbox/demo.main.js', ...args], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'], GATEWAY_URL: url, ADMIN_API_KEY, SIGNING_SECRET, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
