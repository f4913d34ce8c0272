import { BoundedCheck, type CheckSettings } from './bounded-check';
import type { HealthProbe } from './health-probe';
import { type CheckResult, type HealthReport, statusOf, type StoresNeeded } from './health-report';

/** Whether this process can do its work now. */
export class Readiness {
  private readonly checks: readonly { readonly probe: HealthProbe; readonly check: BoundedCheck }[];
  private shuttingDown = false;

  constructor(
    probes: readonly HealthProbe[],
    private readonly storesNeeded: StoresNeeded,
    settings: CheckSettings,
  ) {
    this.checks = probes.map((probe) => ({ probe, check: new BoundedCheck(probe, settings) }));
  }

  /** From now on not ready, so that nobody sends new work to a process that is about to end. */
  beginShutdown(): void {
    this.shuttingDown = true;
  }

  async report(): Promise<HealthReport> {
    const results = await Promise.all(
      this.checks.map(async ({ probe: { name, kind }, check }): Promise<CheckResult> => ({
        name,
        kind,
        up: await check.isUp(),
      })),
    );
    const checks = Object.fromEntries(results.map(({ name, up }) => [name, up ? 'up' : 'down'] as const));
    return { status: this.shuttingDown ? 'error' : statusOf(results, this.storesNeeded), checks };
  }
}
