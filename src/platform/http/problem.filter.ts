import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ProblemError } from './problem';
import type { ProblemCode } from './problem-codes';
import { sendProblem } from './send-problem';
import { traceOf } from './trace-context';

/** What errors of the framework, Nest's and Fastify's, are called here. */
const CODES_BY_STATUS: ReadonlyMap<number, ProblemCode> = new Map([
  [401, 'UNAUTHORIZED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [408, 'REQUEST_TIMEOUT'],
  [409, 'CONFLICT'],
  [412, 'PRECONDITION_FAILED'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
  [429, 'RATE_LIMITED'],
  [431, 'HEADERS_TOO_LARGE'],
]);

function internal(): ProblemError {
  return new ProblemError(
    'INTERNAL',
    'the request could not be completed; the trace id finds the reason in our logs',
  );
}

/** Below 500 the message is ours to show; from there on it could tell about our insides. */
function describe(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const status = statusOf(error);
  if (!(error instanceof Error) || status < 400 || status >= 500) return internal();
  return new ProblemError(CODES_BY_STATUS.get(status) ?? 'BAD_REQUEST', error.message);
}

/** Nest's errors have a method for it, those of Fastify and its plugins a member. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}

/** Turns whatever is thrown into a problem; only faults of ours are logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = describe(error);
    if (problem.code === 'INTERNAL') {
      const { traceId } = traceOf(reply.request.raw);
      const { method, url: route } = reply.request.routeOptions;
      this.logger.error({ err: error, traceId, method, route }, 'request failed');
    }
    sendProblem(reply, problem);
  }
}
