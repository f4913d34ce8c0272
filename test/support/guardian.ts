import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { type Writable } from 'node:stream';

const GUARDIAN = join(__dirname, '../../scripts/process/guardian.mjs');

let guardian: ChildProcessByStdio<Writable, null, null> | undefined;

/** Makes sure that a process ends with this test process, even when that is killed. Gives the way to let it be. */
export function guard(pid: number): () => void {
  guardian ??= startGuardian();
  const { stdin } = guardian;
  stdin.write(`watch ${pid} 0\n`);
  return () => stdin.write(`forget ${pid}\n`);
}

function startGuardian(): ChildProcessByStdio<Writable, null, null> {
  const started = spawn(process.execPath, [GUARDIAN], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  started.unref();
  started.stdin.on('error', () => undefined);
  if (started.stdin instanceof Socket) started.stdin.unref();
  return started;
}
