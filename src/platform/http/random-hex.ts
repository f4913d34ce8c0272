import { randomFillSync } from 'node:crypto';

/** Asking the system for randomness once per identifier would cost more than everything else about it. */
const pool = Buffer.alloc(8192);
let used = pool.length;

/** Random lower-case hex of so many bytes, for identifiers; not for secrets. */
export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}
