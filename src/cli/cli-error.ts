/** What ends a command with exit code 1: what happened, and what to do next. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** What ends a command with exit code 2: it was asked wrongly. */
export class UsageError extends CliError {}
