/** What a claim holds beyond the longest attempt: time to write down how it ended. */
const LEASE_MARGIN_MS = 10_000;

/** How long a claimed event belongs to its worker, by how long one attempt may take. */
export const leaseMsFor = (attemptMs: number): number => attemptMs + LEASE_MARGIN_MS;
