import { type MappingFailureCode, type MappingProblem } from './compiled-partner';

/** Nothing of a body can be applied; it ends as a dead letter with this code. */
export class MappingError extends Error {
  override readonly name: string = 'MappingError';

  constructor(
    readonly code: MappingFailureCode,
    message: string,
    readonly problems: readonly MappingProblem[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The mapping had no time to come to its end, which says nothing about the body: it is tried again. */
export class MappingTimeoutError extends MappingError {
  override readonly name = 'MappingTimeoutError';

  constructor(message: string) {
    super('MAPPING_FAILED', message, [{ code: 'mapping_timeout' }]);
  }
}
