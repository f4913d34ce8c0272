import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until `condition` gives something truthy, and gives that back. Throws, naming `what`, after `timeoutMs`. */
export async function until(condition, { timeoutMs, what, everyMs = 50 }) {
  for (const end = Date.now() + timeoutMs; ; await sleep(everyMs)) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
  }
}
