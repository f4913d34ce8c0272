import type { FastifyReply } from 'fastify';
import { closeGentlyAfterAnswer } from './gentle-close';
import { type ProblemError, problemBody } from './problem';
import { traceOf } from './trace-context';

/** So much of a body that nobody read is drained, to keep the connection for the next request. */
const DRAIN_BYTES = 256 * 1024;

function leavesMuchUnread({ raw }: FastifyReply['request']): boolean {
  if (raw.complete) return false;
  return (
    raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length']) > DRAIN_BYTES
  );
}

export function sendProblem(reply: FastifyReply, problem: ProblemError): void {
  if (reply.sent) return;
  const { request } = reply;
  if (leavesMuchUnread(request)) {
    closeGentlyAfterAnswer(request.raw.socket);
    reply.header('connection', 'close');
  }
  void reply
    .status(problem.status)
    .headers({ ...problem.extra.headers })
    .type('application/problem+json')
    .send(problemBody(problem, traceOf(request.raw).traceId));
}
