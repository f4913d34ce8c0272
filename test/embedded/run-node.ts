import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PROJECT = join(__dirname, '../..');

const RUN_WITHIN_MS = 50_000;

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a piece of an ES module in a Node.js of its own, from the project's root: Jest cannot import these. */
export const runModule = (code: string, options?: RunOptions): Promise<Ran> =>
  runNode(['--input-type=module', '--eval', code], options);

export function runNode(
  args: readonly string[],
  { cwd = PROJECT, env = process.env }: RunOptions = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env,
      timeout: RUN_WITHIN_MS,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ code: exitCode, stdout, stderr }));
  });
}

const folders: string[] = [];

/** A folder outside the project, gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'courier-gateway-test-'));
  folders.push(folder);
  return folder;
}

/** The project as somebody has it who has just cloned it: the scripts are there, node_modules is not. */
export function bareProject(): string {
  const folder = temporaryFolder();
  cpSync(join(PROJECT, 'scripts'), join(folder, 'scripts'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(PROJECT, file), join(folder, file));
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
