import { setTimeout as sleep } from 'node:timers/promises';

export interface UntilOptions {
  /** What is waited for, as the error says it: "the event to be applied". */
  readonly what: string;
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/**
 * Asks again and again until the condition gives something (not `undefined`, `null` or `false`), and gives that
 * back. An error thrown by the condition counts as "not yet" and is told when the time is over.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 20_000, everyMs = 25 }: UntilOptions,
): Promise<Exclude<T, undefined | null | false>> {
  let last: unknown;
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(everyMs)) {
    try {
      const answer = await condition();
      if (isThere(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
  }
  const seen = last instanceof Error ? last.message : String(last);
  throw new Error(`waited ${timeoutMs} ms for ${what}; last seen: ${seen}`);
}

function isThere<T>(answer: T): answer is Exclude<T, undefined | null | false> {
  return answer !== undefined && answer !== null && answer !== false;
}
