import { type RetrySettings } from './processing-settings';

/**
 * Pause after failed attempt number `attempt` (1 is the first): exponential, with jitter so that events which
 * failed together do not come back together. `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, settings: RetrySettings, random: number): number {
  const scheduled = settings.backoffBaseMs * settings.multiplier ** (attempt - 1);
  const jitter = (settings.jitterPercent / 100) * (2 * random - 1);
  return Math.round(scheduled * (1 + jitter));
}
