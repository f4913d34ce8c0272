import { Body, Controller, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { DtoPipe } from '#platform/http/validation';
import { AppliedView } from './applied.view';
import { etagOf } from './etag';
import { PartnerAdministration } from './partner-administration';
import { OWN_FORMAT } from './partner-examples';
import { ApplyQuery } from './partner-query';
import { PartnerBody } from './partner.body';

/** A partner from a file that is the same every time. */
@ApiTags('partners')
@Controller('v1/admin/partners/apply')
export class PartnerApplyController {
  constructor(private readonly administration: PartnerAdministration) {}

  @Post()
  @HttpCode(200)
  @Access('admin')
  @ApiOperation({
    summary: 'Make a partner of a document, or replace the one that it names',
    description:
      'The same document again changes nothing. Secrets that it does not carry stay, and so does one whose value ' +
      'it carries and that is there already. With `dryRun=true` it only says what would change.',
  })
  @ApiBody({ type: PartnerBody, examples: { 'own format': { value: OWN_FORMAT } } })
  @ApiOkResponse({ type: AppliedView })
  @ApiProblem('INVALID_PAYLOAD', 'CONFLICT')
  async apply(
    @Body() body: unknown,
    @Query(DtoPipe) { dryRun }: ApplyQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppliedView> {
    const { plan, partner } = await this.administration.apply(body, dryRun);
    if (partner !== undefined) reply.header('etag', etagOf(partner));
    return new AppliedView(plan);
  }
}
