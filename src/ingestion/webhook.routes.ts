import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type EventFormat } from '#domain/events/inbound-event';
import { addressOf } from '#platform/http/address-of';
import { ProblemError } from '#platform/http/problem';
import { RefusalLimit } from '#platform/http/refusal-limit';
import { acknowledgement } from './acknowledgement';
import { Handshakes } from './handshakes';
import { IntakeReport } from './intake-report';
import { IntakeService } from './intake.service';
import { CANONICAL_PATH, PARTNER_PATH } from './webhook.openapi';

const DEFAULT_PARTNER = 'default';

/** The body is left unread until it is known whose limits rule. */
const config = { rawBody: true };

/**
 * Where partners send their webhooks. Routes of Fastify itself rather than of a controller: what Nest puts
 * around a controller's method (some ten promises, made even without guards and pipes) took a sixth of what
 * the intake can take, and each of them would live until the event is durable. Refusals are thrown, and
 * become problems by the same filter.
 */
@Injectable()
export class WebhookRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly intake: IntakeService,
    private readonly report: IntakeReport,
    private readonly handshakes: Handshakes,
    private readonly refusals: RefusalLimit,
  ) {}

  /** Nest's own routes, and the filter that answers what is thrown here, follow after this hook. */
  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.post<{ Params: { partnerId: string } }>(PARTNER_PATH, { config }, (request, reply) =>
      this.receive(request.params.partnerId, 'partner', request, reply),
    );
    server.post(CANONICAL_PATH, { config }, (request, reply) => {
      const named = request.headers['x-partner-id'];
      return this.receive(typeof named === 'string' ? named : DEFAULT_PARTNER, 'canonical', request, reply);
    });
    // No HEAD beside it: only a GET is a handshake.
    server.get<{ Params: { partnerId: string } }>(
      PARTNER_PATH,
      { exposeHeadRoute: false },
      (request, reply) => this.shakeHands(request.params.partnerId, request, reply),
    );
  }

  private async shakeHands(
    partnerId: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const address = addressOf(request);
    try {
      const target = request.raw.url ?? '';
      const { status, body } = await this.handshakes.answer({ partnerId, address, target });
      return await reply.code(status).header('content-type', 'text/plain; charset=utf-8').send(body);
    } catch (error) {
      throw await this.unlessTooMany(address, error);
    }
  }

  private async receive(
    partnerId: string,
    format: EventFormat,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const arrivedAt = performance.now();
    const address = addressOf(request);
    const { traceId, traceparent } = request.trace;
    try {
      const accepted = await this.intake.accept({
        partnerId,
        format,
        raw: request.raw,
        address,
        traceId,
        traceparent,
      });
      const { status, contentType, body } = acknowledgement(accepted);
      reply.code(status).header('content-type', contentType).send(body);
      this.report.accepted(accepted, performance.now() - arrivedAt);
      return reply;
    } catch (error) {
      const refusal = await this.unlessTooMany(address, error);
      this.report.refused(partnerId, refusal, traceId);
      throw refusal;
    }
  }

  /** What was refused too often is refused for that. */
  private async unlessTooMany(address: string, refusal: unknown): Promise<unknown> {
    if (!(refusal instanceof ProblemError)) return refusal;
    return this.refusals.insteadOf(address, refusal);
  }
}
