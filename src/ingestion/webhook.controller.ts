import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type EventFormat } from '#domain/events/inbound-event';
import { Access } from '#platform/http/access';
import { RawBodyRoute } from '#platform/http/route-body';
import { acknowledgement } from './acknowledgement';
import { IntakeReport } from './intake-report';
import { IntakeService } from './intake.service';

const DEFAULT_PARTNER = 'default';

/** Where partners send their webhooks. The body is left unread until it is known whose limits rule. */
@Controller('v1')
export class WebhookController {
  constructor(
    private readonly intake: IntakeService,
    private readonly report: IntakeReport,
  ) {}

  /** A partner's own format. */
  @Post('webhooks/:partnerId')
  @RawBodyRoute()
  @Access('signed-webhook')
  webhook(
    @Param('partnerId') partnerId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.receive(partnerId, 'partner', request, reply);
  }

  /** The gateway's canonical format. */
  @Post('events/courier')
  @RawBodyRoute()
  @Access('signed-webhook')
  canonicalEvent(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const named = request.headers['x-partner-id'];
    return this.receive(typeof named === 'string' ? named : DEFAULT_PARTNER, 'canonical', request, reply);
  }

  private async receive(
    partnerId: string,
    format: EventFormat,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const arrivedAt = performance.now();
    const { traceId, traceparent } = request.trace;
    try {
      const accepted = await this.intake.accept({
        partnerId,
        format,
        raw: request.raw,
        address: request.ip,
        traceId,
        traceparent,
      });
      const { status, contentType, body } = acknowledgement(accepted);
      void reply.code(status).header('content-type', contentType).send(body);
      this.report.accepted(accepted, performance.now() - arrivedAt);
    } catch (error) {
      this.report.refused(partnerId, error, traceId);
      throw error;
    }
  }
}
