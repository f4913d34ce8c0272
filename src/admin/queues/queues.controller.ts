import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type StoredPartner } from '#domain/partners/stored-partner';
import { Access, CurrentPrincipal } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { type Principal } from '#platform/http/authenticator';
import { PageQuery } from '#platform/http/pagination';
import { DtoPipe } from '#platform/http/validation';
import { FindQueues } from './find-queues';
import { QueuePauses } from './queue-pauses';
import { QueuePageView, QueueView } from './queue.view';

const PartnerIdParam = (): MethodDecorator => ApiParam({ name: 'partnerId', type: String, example: 'acme' });

@ApiTags('queues')
@Controller('v1/admin/queues')
export class QueuesController {
  constructor(
    private readonly queues: FindQueues,
    private readonly pauses: QueuePauses,
  ) {}

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'What waits, by partner, the newest partner first' })
  @ApiOkResponse({ type: QueuePageView })
  @ApiProblem('INVALID_PAYLOAD')
  list(@Query(DtoPipe) query: PageQuery): Promise<QueuePageView> {
    return this.queues.page(query);
  }

  @Post(':partnerId/pause')
  @HttpCode(200)
  @Access('operator')
  @ApiOperation({
    summary: "Let a partner's events wait",
    description:
      'Its webhooks are taken all the same; events under way are finished. Retries wait, too, and lose no attempt. ' +
      'It holds in every process within 2 seconds, and after restarts, until it is resumed.',
  })
  @PartnerIdParam()
  @ApiOkResponse({ type: QueueView })
  @ApiProblem('NOT_FOUND')
  async pause(
    @Param('partnerId') partnerId: string,
    @CurrentPrincipal() { name }: Principal,
  ): Promise<QueueView> {
    return this.shown(await this.pauses.pause(partnerId, name));
  }

  @Post(':partnerId/resume')
  @HttpCode(200)
  @Access('operator')
  @ApiOperation({ summary: "Let a partner's events be worked on again" })
  @PartnerIdParam()
  @ApiOkResponse({ type: QueueView })
  @ApiProblem('NOT_FOUND')
  async resume(
    @Param('partnerId') partnerId: string,
    @CurrentPrincipal() { name }: Principal,
  ): Promise<QueueView> {
    return this.shown(await this.pauses.resume(partnerId, name));
  }

  private shown(partner: StoredPartner): Promise<QueueView> {
    return this.queues.one(partner);
  }
}
