import { leaseMsFor } from '#domain/events/event-lease';
import { type CompiledPartner } from '#domain/partners/compiled-partner';

/** How long the events of a batch belong to who claims them, and for how long of that they may be worked on. */
export interface BatchTimes {
  readonly attemptMs: number;
  readonly leaseMs: number;
}

/** Its partner is gone: its events need no more than their dead letters. */
const WITHOUT_PARTNER_MS = 30_000;

export function timesFor(partner: CompiledPartner | undefined): BatchTimes {
  const attemptMs = partner?.queue.timeoutMs ?? WITHOUT_PARTNER_MS;
  return { attemptMs, leaseMs: leaseMsFor(attemptMs) };
}
