/** Nobody can say now whether the request is genuine: a fault of ours, never a verdict. */
export class KeySetUnavailableError extends Error {
  override readonly name = 'KeySetUnavailableError';
  readonly code = 'KEY_SET_UNAVAILABLE';
}
