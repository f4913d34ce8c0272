import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { dryRun } from '#domain/partners/dry-run/dry-run';
import { parseDryRunRequest } from '#domain/partners/dry-run/dry-run-request';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { Access } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { ProblemError } from '#platform/http/problem';
import { BodyLimit } from '#platform/http/route-body';
import { invalidPayload } from '#platform/http/validation';
import { DryRunBody } from './dry-run.body';
import { DryRunView } from './dry-run.view';
import { IdParam } from './partner-parameters';

const DRY_RUN_BODY_BYTES = 6 * 1024 * 1024;

@ApiTags('partners')
@Controller('v1/admin/partners/:id/dry-run')
export class DryRunController {
  constructor(private readonly directory: PartnerDirectory) {}

  @Post()
  @HttpCode(200)
  @Access('operator')
  @BodyLimit(DRY_RUN_BODY_BYTES)
  @ApiOperation({
    summary: 'Try a request: its signature, its identity, the events that it would yield',
    description:
      'By the same rules as the intake, whether the partner is enabled or not. The events are shown whatever the ' +
      'signature says. Nothing is stored.',
  })
  @IdParam()
  @ApiBody({ type: DryRunBody })
  @ApiOkResponse({ type: DryRunView })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND', 'CONFLICT', 'PAYLOAD_TOO_LARGE')
  async run(@Param('id') id: string, @Body() body: unknown): Promise<DryRunView> {
    const partner = await this.usable(id);
    const parsed = parseDryRunRequest(body);
    if (!parsed.ok) throw invalidPayload(parsed.faults);
    return new DryRunView(await dryRun(partner, parsed.request));
  }

  /** As it is now, also where it was changed by another process a moment ago. */
  private async usable(id: string): Promise<CompiledPartner> {
    await this.directory.refreshed().catch(() => undefined);
    const partner = this.directory.find(id);
    if (partner !== undefined) return partner;
    const fault = this.directory.faultOf(id);
    if (fault === undefined) throw new ProblemError('NOT_FOUND', `there is no partner "${id}"`);
    throw new ProblemError('CONFLICT', `partner "${id}" cannot be used: ${fault}`);
  }
}
