import { type ProblemCode, PROBLEMS, problemType } from './problem-codes';

/** One thing that is wrong with a payload; `path` is a JSON Pointer, empty for the payload as a whole. */
export interface PayloadFault {
  readonly path: string;
  readonly message: string;
}

export interface ProblemExtra {
  readonly errors?: readonly PayloadFault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** RFC 9457, as every error answer shows it. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly traceId: string;
  readonly errors?: readonly PayloadFault[];
}

/** A refusal with its answer. `detail` is shown to the sender: it names the field and what was expected. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extra: ProblemExtra = {},
  ) {
    // Collecting a stack costs more than checking a signature, and nobody reads that of a refusal.
    const limit = Error.stackTraceLimit;
    if (PROBLEMS[code].status < 500) Error.stackTraceLimit = 0;
    super(detail);
    Error.stackTraceLimit = limit;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

export function problemBody({ code, detail, extra }: ProblemError, traceId: string): ProblemBody {
  const { status, title } = PROBLEMS[code];
  return {
    type: problemType(code),
    title,
    status,
    detail,
    code,
    traceId,
    ...(extra.errors && { errors: extra.errors }),
  };
}
