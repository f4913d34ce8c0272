import { type MappingFailureCode, type MappingProblem } from './compiled-partner';

/** Nothing of a body can be applied; it ends as a dead letter with this code. */
export class MappingError extends Error {
  override readonly name = 'MappingError';

  constructor(
    readonly code: MappingFailureCode,
    message: string,
    readonly problems: readonly MappingProblem[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
