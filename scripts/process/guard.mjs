import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const GUARDIAN = fileURLToPath(new URL('./guardian.mjs', import.meta.url));

let guardian;

/** One guardian for each process, started with the first thing to guard. It must not keep this process alive. */
function tell(line) {
  if (guardian === undefined) {
    guardian = spawn(process.execPath, [GUARDIAN], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    guardian.once('error', () => {});
    guardian.stdin.on('error', () => {});
    guardian.unref();
    guardian.stdin.unref?.();
  }
  guardian.stdin.write(`${line}\n`);
}

/**
 * Makes sure that the process ends when this one does, even when this one is killed with SIGKILL.
 * With `graceMs` it is asked with SIGTERM first and has so long to end by itself.
 *
 * @returns {() => void} call it when the process has ended
 */
export function guardProcess(pid, { graceMs = 0 } = {}) {
  tell(`watch ${pid} ${graceMs}`);
  return () => tell(`forget ${pid}`);
}

/**
 * Makes sure that the directory goes when this process ends.
 *
 * @returns {() => void} call it when the directory is gone already
 */
export function guardDirectory(directory) {
  tell(`remove ${directory}`);
  return () => tell(`keep ${directory}`);
}

/** Lets the guardian clean up now and waits for it: for the last moment of an orderly end. */
export async function endGuard() {
  if (guardian === undefined || guardian.exitCode !== null) return;
  const gone = new Promise((resolve) => guardian.once('exit', resolve));
  guardian.ref();
  guardian.stdin.end();
  await gone;
}
