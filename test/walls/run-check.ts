import { spawn } from 'node:child_process';

export interface CheckResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs `npm run check:<name>` as the project declares it, in another folder. */
export function runCheck(
  name: 'walls' | 'lint',
  cwd: string,
  ...args: readonly string[]
): Promise<CheckResult> {
  return collect('npm', ['run', '--silent', `check:${name}`, '--', ...args], cwd);
}

/** Evaluates an ES module, which Jest's CommonJS cannot import, and gives what it printed. */
export function evaluateModule(source: string, cwd: string): Promise<CheckResult> {
  return collect(process.execPath, ['--input-type=module', '--eval', source], cwd);
}

function collect(command: string, args: readonly string[], cwd: string): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
