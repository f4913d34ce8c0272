import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { guardProcess } from '../process/guard.mjs';
import { ROOT } from '../project/places.mjs';

const DEMO = join('dist', 'sandbox', 'demo.main.js');
const TIMEOUT_MS = 180_000;

function parseResult(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`the demonstration printed no JSON: ${text.trim().slice(0, 200) || 'nothing'}`);
  }
}

/**
 * Runs the partner simulator against the gateway. With `json` its result is taken from its stdout, else it shows
 * its tables there itself.
 *
 * @param {{ url: string, secrets: Record<string, string> }} gateway
 * @param {{ json: boolean }} options
 * @returns {Promise<{ ok: boolean }>}
 */
export async function runDemo({ url, secrets }, { json }) {
  if (!existsSync(join(ROOT, DEMO))) throw new Error(`the build made no ${DEMO}`);
  const child = spawn(process.execPath, [DEMO, ...(json ? ['--json'] : [])], {
    cwd: ROOT,
    env: { ...process.env, ...secrets, GATEWAY_URL: url },
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
    stdio: ['ignore', json ? 'pipe' : 'inherit', 'inherit'],
  });
  const release = guardProcess(child.pid);
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  release();
  const result = json ? parseResult(stdout) : {};
  return { ...result, ok: code === 0 && (!json || result.ok === true) };
}
