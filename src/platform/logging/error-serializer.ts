import { shownText } from './shown-text';

/** What a log line says of an error. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const MAX_CAUSES = 3;
const MAX_FRAMES = 12;

/** Without its first lines, which repeat the message. */
function framesOf(error: Error): string | undefined {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length > 0 ? frames.slice(0, MAX_FRAMES).join('\n') : undefined;
}

function codeOf(error: Error): string | number | undefined {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' || typeof code === 'number' ? code : undefined;
}

function describe(error: unknown, causes: number): LoggedError {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: typeof error === 'string' ? shownText(error) : 'not an error' };
  }
  const code = codeOf(error);
  const stack = framesOf(error);
  return {
    type: error.name,
    message: shownText(error.message),
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack }),
    ...(error.cause instanceof Error && causes > 0 && { cause: describe(error.cause, causes - 1) }),
  };
}

/**
 * Names what is shown instead of leaving out what is not: drivers hang whole documents and commands on their
 * errors, under names that change from version to version.
 */
export function serializeError(error: unknown): LoggedError {
  return describe(error, MAX_CAUSES);
}
