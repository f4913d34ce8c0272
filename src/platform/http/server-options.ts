import type { FastifyReply } from 'fastify';
import { answerClientError } from './client-errors';
import type { HttpSettings, HttpTimeouts } from './http-settings';
import { ProblemError } from './problem';
import { requestIdOf } from './request-id';
import { SECURITY_HEADERS } from './security-headers';
import { sendProblem } from './send-problem';

type TrustProxyOption = false | string[] | ((address: string, hop: number) => boolean);

/** A hop count alone is refused by Fastify, as it cannot check the peer; here the operator vouches for it. */
function trusted(trustProxy: HttpSettings['trustProxy']): TrustProxyOption {
  if (typeof trustProxy === 'number') return (_, hop) => hop < trustProxy;
  return trustProxy === false ? false : [...trustProxy];
}

/** The address cannot be decoded, or a part of it is longer than any of ours: no hook has run yet. */
function refuseAddress(error: { code: string }, _: unknown, reply: FastifyReply): void {
  reply.headers(SECURITY_HEADERS).header('x-request-id', requestIdOf(reply.request.raw));
  sendProblem(
    reply,
    error.code === 'FST_ERR_BAD_URL'
      ? new ProblemError('BAD_REQUEST', 'the path is not valid: check its percent-encoding')
      : new ProblemError('NOT_FOUND', 'there is no such route: a part of the path is too long'),
  );
}

export function serverOptions({ trustProxy }: HttpSettings, timeouts: HttpTimeouts) {
  return {
    logger: false as const,
    // Nothing of ours is a middleware; without middie no request pays for looking for one.
    skipMiddie: true,
    trustProxy: trusted(trustProxy),
    genReqId: requestIdOf,
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    // What still arrives while we close is answered as usual, on a connection that ends with it.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: refuseAddress,
    routerOptions: { maxParamLength: 512 },
    http: {
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: Math.min(1_000, timeouts.headersMs),
    },
  };
}
