import { cpuSeconds } from './proc.mjs';

/** What some processes have spent until now, by name, and both clocks: read in one moment, so that they belong together. */
export function readProcesses(pids) {
  const cpu = Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]);
  return { cpu: Object.fromEntries(cpu), at: process.hrtime.bigint(), clock: Date.now() };
}

/**
 * CPU seconds between two readings for each 10,000 of what was done meanwhile: of the measured process, by the name
 * that it has there, and of the stores; `total` only where all three could be read.
 */
export function cpuPer10k(measured, { begin, end }, count) {
  const spent = (name) => ((end.cpu[name] - begin.cpu[name]) / count) * 10_000;
  const parts = { [measured]: spent(measured), redis: spent('redis'), mongod: spent('mongod') };
  return { ...parts, total: parts[measured] + parts.redis + parts.mongod };
}

/** The time between two readings on the machine's monotonic clock, in microseconds, as a CPU profile counts. */
export function spanOf({ begin, end }) {
  return { from: Number(begin.at / 1000n), to: Number(end.at / 1000n) };
}
