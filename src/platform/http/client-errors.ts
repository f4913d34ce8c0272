import { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { endGently } from './gentle-close';
import { ProblemError, problemBody } from './problem';
import { SECURITY_HEADERS } from './security-headers';
import { newTrace } from './trace-context';

function describe(code: string): ProblemError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new ProblemError('HEADERS_TOO_LARGE', 'the header fields must fit into 16 KiB together');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new ProblemError('REQUEST_TIMEOUT', 'the request was not complete in time: send it again');
  }
  return new ProblemError('BAD_REQUEST', 'the request is not valid HTTP/1.1');
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

function answer(problem: ProblemError): string {
  const { traceId } = newTrace();
  const body = JSON.stringify(problemBody(problem, traceId));
  const headers = {
    ...SECURITY_HEADERS,
    'x-request-id': traceId,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${problem.status} ${REASONS[problem.status] ?? ''}`, ...lines, '', body].join('\r\n');
}

/** Node's own field; a second head in the middle of an answer would be read as part of its body. */
function hasAnswerUnderWay(socket: Socket): boolean {
  const response: unknown = Reflect.get(socket, '_httpMessage');
  return response instanceof ServerResponse && response.headersSent;
}

/** What could not be read as a request has no request to answer to: the answer is written by hand. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  // Every further chunk of what could not be read raises the error again.
  if (socket.destroyed || socket.writableEnded) return;
  if (error.code === 'ECONNRESET' || hasAnswerUnderWay(socket)) socket.destroy();
  else endGently(socket, answer(describe(error.code ?? '')));
}
