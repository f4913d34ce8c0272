import { type Limiter } from './limiter';
import { rateLimited } from './rate-limited';

/** Throws 429, or gives a promise that may reject with it; `undefined`, the common case: go on. */
export function admit(limiter: Limiter, detail: string): Promise<void> | undefined {
  const wait = limiter.take();
  if (wait === 0) return undefined;
  if (typeof wait === 'number') throw rateLimited(limiter.limited, wait, detail);
  return wait.then((known) => {
    if (known > 0) throw rateLimited(limiter.limited, known, detail);
  });
}
