import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { type StoredPartner } from '#domain/partners/stored-partner';
import { Access } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { PageQuery } from '#platform/http/pagination';
import { DtoPipe } from '#platform/http/validation';
import { etagOf, IfMatch } from './etag';
import { FindPartners } from './find-partners';
import { PartnerAdministration } from './partner-administration';
import { ADDED_SECRET, BY_PRESET, CHANGE, OWN_FORMAT, SHOWN } from './partner-examples';
import { IdParam, IfMatchHeader } from './partner-parameters';
import { PartnerQuery } from './partner-query';
import { PartnerRemoval } from './partner-removal';
import { PartnerBody, PartnerPatch } from './partner.body';
import { PartnerPageView, PartnerView } from './partner.view';

@ApiTags('partners')
@Controller('v1/admin/partners')
export class PartnersController {
  constructor(
    private readonly partners: FindPartners,
    private readonly administration: PartnerAdministration,
    private readonly removal: PartnerRemoval,
  ) {}

  @Post()
  @Access('admin')
  @ApiOperation({
    summary: 'Make a partner',
    description: 'Every process knows it within 2 seconds. All faults of the document are told at once.',
  })
  @ApiBody({
    type: PartnerBody,
    examples: {
      'own format': { value: OWN_FORMAT },
      'by a preset': { value: BY_PRESET },
    },
  })
  @ApiCreatedResponse({ type: PartnerView, example: SHOWN })
  @ApiProblem('INVALID_PAYLOAD', 'CONFLICT')
  async create(@Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<PartnerView> {
    const made = await this.administration.create(body);
    reply.header('location', `/v1/admin/partners/${made.id}`);
    return this.shown(made, reply);
  }

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'List partners, newest first' })
  @ApiOkResponse({ type: PartnerPageView })
  @ApiProblem('INVALID_PAYLOAD')
  async list(@Query(DtoPipe) query: PageQuery): Promise<PartnerPageView> {
    return new PartnerPageView(await this.partners.page(query));
  }

  @Get(':id')
  @Access('viewer')
  @ApiOperation({ summary: 'One partner, over its preset, without the values of its secrets' })
  @IdParam()
  @ApiOkResponse({ type: PartnerView, example: SHOWN })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND')
  async find(
    @Param('id') id: string,
    @Query(DtoPipe) { written }: PartnerQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerView> {
    return this.shown(await this.partners.one(id), reply, written);
  }

  @Put(':id')
  @Access('admin')
  @ApiOperation({
    summary: 'Replace the document of a partner',
    description:
      'What the body does not name is gone, but for the secrets: without a list of them all stay; in a list, one ' +
      'that has the `id` of a secret and no `value` keeps its value. What `GET …?written=true` shows may be changed ' +
      'and sent back. Every process follows within 2 seconds.',
  })
  @IdParam()
  @IfMatchHeader()
  @ApiBody({ type: PartnerBody, examples: { 'own format': { value: OWN_FORMAT } } })
  @ApiOkResponse({ type: PartnerView, example: { ...SHOWN, revision: 2 } })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED')
  async replace(
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerView> {
    return this.shown(await this.administration.replace(id, body, new IfMatch(ifMatch)), reply);
  }

  @Patch(':id')
  @Access('admin')
  @ApiOperation({
    summary: 'Change a partner by a merge patch (RFC 7396)',
    description:
      'What the patch does not name stays, `null` removes, lists are replaced as a whole. Secrets stay where the ' +
      'patch has no `secrets`; in a list of them, one that has the `id` of a secret and no `value` keeps its value. ' +
      'Every process follows within 2 seconds.',
  })
  @IdParam()
  @IfMatchHeader()
  @ApiConsumes('application/json', 'application/merge-patch+json')
  @ApiBody({
    type: PartnerPatch,
    examples: { 'a few members': { value: CHANGE }, 'a further secret': { value: ADDED_SECRET } },
  })
  @ApiOkResponse({ type: PartnerView, example: { ...SHOWN, ...CHANGE, revision: 2 } })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED')
  async patch(
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerView> {
    return this.shown(await this.administration.patch(id, body, new IfMatch(ifMatch)), reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('admin')
  @ApiOperation({
    summary: 'Remove a partner of which nothing waits',
    description: 'Its journal, shipments and dead letters stay. Every process follows within 2 seconds.',
  })
  @IdParam()
  @IfMatchHeader()
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblem('NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED')
  async remove(@Param('id') id: string, @Headers('if-match') ifMatch: string | undefined): Promise<void> {
    await this.removal.remove(id, new IfMatch(ifMatch));
  }

  private shown(partner: StoredPartner, reply: FastifyReply, written?: boolean): Promise<PartnerView> {
    reply.header('etag', etagOf(partner));
    return this.partners.view(partner, written);
  }
}
