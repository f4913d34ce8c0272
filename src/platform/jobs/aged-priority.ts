/**
 * BullMQ takes the job with the smallest number first, and of equal ones the one that was added first. The number made
 * here is the turn of a job, fixed when it is enqueued: when it began to wait, put back by its priority. So age is part
 * of it from the start, and no job is ever touched again while it waits.
 *
 * Turns are counted in slices of ten minutes from a fixed day on. Two slices for each step of priority, so that of jobs
 * that began to wait within the same ten minutes the more urgent one always goes first. So a step is worth 20 minutes:
 * a job goes before one of the next priority that began to wait so much earlier. Nothing that comes 3 hours (nine steps)
 * later than a job goes before it, whatever the priority of either: nothing starves.
 */
const SLICE_MS = 10 * 60_000;
const SLICES_PER_STEP = 2;
const FIRST_DAY = Date.UTC(2026, 0, 1);

/** 21 bits, so turns end in 2065; from then on all jobs have the same one, and go in the order in which they came. */
const LAST_TURN = 2 ** 21 - 1;
/** Numbers up to here were once the priority itself. What was enqueued so is older than anything with a turn. */
const LEAST_URGENT = 10;

/**
 * The number for BullMQ of a job with this priority (1 to 10, lower is sooner).
 *
 * @param waitingSince milliseconds since 1970, by the clock of whoever enqueues: a clock that is off shifts the turns of
 *   its jobs by as much
 */
export function agedPriority(priority: number, waitingSince: number): number {
  const slice = Math.floor((waitingSince - FIRST_DAY) / SLICE_MS);
  const turn = slice + SLICES_PER_STEP * priority;
  return Math.min(Math.max(turn, LEAST_URGENT + 1), LAST_TURN);
}
