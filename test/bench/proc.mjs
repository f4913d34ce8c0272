import { readFileSync } from 'node:fs';
import { run } from '../../scripts/process/run.mjs';

const TICKS_PER_SECOND = Number((await run('getconf', ['CLK_TCK'])).stdout) || 100;

/** CPU seconds, user and system, of all threads of a process; NaN where there is no /proc or no such process. */
export function cpuSeconds(pid) {
  const text = read(`/proc/${pid}/stat`);
  // The second field, the program's name, may itself hold blanks and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** The most memory that a process ever had in use, in megabytes; NaN where that cannot be read. */
export function peakMegabytes(pid) {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]) / 1024;
}

/** Whether that process runs here and is the program we take it for: a server may live in a container. */
export function runsHere(pid, program) {
  return read(`/proc/${pid}/comm`).includes(program);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
