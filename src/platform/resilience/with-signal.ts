/**
 * Hands the work a signal that aborts after so many ms. `AbortSignal.timeout` would hold whoever listens to it until
 * its time is over, and with them whatever they were working on, long after the work has ended: on the intake that
 * was every group of documents for more than a second.
 */
export async function withSignal<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
