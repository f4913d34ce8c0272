/** Thrown by a handler that cannot go on through no fault of its job: the job waits again, as it was. */
export class ReturnJobError extends Error {
  override readonly name = 'ReturnJobError';
}
