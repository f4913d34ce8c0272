import type { ProbeKind } from './health-probe';

export type HealthStatus = 'ok' | 'degraded' | 'error';

export interface HealthReport {
  readonly status: HealthStatus;
  /** Which dependency, never why: everybody may read this. */
  readonly checks: Readonly<Record<string, 'up' | 'down'>>;
}

export interface CheckResult {
  readonly name: string;
  readonly kind: ProbeKind;
  readonly up: boolean;
}

/**
 * An intake goes on with either store (`any`), a worker needs both (`all`).
 */
export type StoresNeeded = 'any' | 'all';

export function statusOf(results: readonly CheckResult[], needed: StoresNeeded): HealthStatus {
  const down = results.filter(({ up }) => !up);
  if (down.length === 0) return 'ok';
  if (needed === 'all' || down.some(({ kind }) => kind === 'required')) return 'error';
  return results.some(({ kind, up }) => kind === 'store' && up) ? 'degraded' : 'error';
}
