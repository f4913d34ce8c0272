/** How long answers take: always the same, or spread as services do, with a long tail (log-normal). */
export type Latency = { readonly fixedMs: number } | { readonly medianMs: number; readonly p99Ms: number };

/** Of a normal distribution 99 % lie below so many standard deviations. */
const DEVIATIONS_OF_P99 = 2.326_347_874;

/** Normally distributed around 0 (Box and Muller). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export function drawLatencyMs(latency: Latency, random: () => number): number {
  if ('fixedMs' in latency) return latency.fixedMs;
  const { medianMs, p99Ms } = latency;
  if (medianMs === 0) return 0;
  const deviation = Math.log(p99Ms / medianMs) / DEVIATIONS_OF_P99;
  return medianMs * Math.exp(deviation * normal(random));
}
