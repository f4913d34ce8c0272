export class TimeoutError extends Error {
  constructor(what: string, ms: number) {
    super(`${what} gave no answer in ${ms} ms`);
  }
}

/**
 * Rejects when `work` takes longer than `ms`. The work itself is not cancelled: whoever calls this must be
 * able to live with its happening later.
 */
export function withTimeout<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError(what, ms)), ms);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
