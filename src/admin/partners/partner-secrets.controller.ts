import { Body, Controller, Delete, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { DtoPipe } from '#platform/http/validation';
import { etagOf, IfMatch } from './etag';
import { IdParam, IfMatchHeader, SecretIdParam } from './partner-parameters';
import { SecretAdministration } from './secret-administration';
import { membersOf, NewSecretRequest, SecretPatch } from './secret-requests';
import { NewSecretView, SecretView } from './secret.view';

@ApiTags('partners')
@Controller('v1/admin/partners/:id/secrets')
export class PartnerSecretsController {
  constructor(private readonly secrets: SecretAdministration) {}

  @Post()
  @Access('admin')
  @ApiOperation({
    summary: 'Add a secret; all that are live are tried',
    description:
      'Rotating: add the new one, let both live for a while, then set `retireAt` of the old one. Every process ' +
      'follows within 2 seconds.',
  })
  @IdParam()
  @IfMatchHeader()
  @ApiBody({ type: NewSecretRequest, required: false })
  @ApiCreatedResponse({ type: NewSecretView })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED')
  async add(
    @Param('id') id: string,
    @Body(DtoPipe) request: NewSecretRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewSecretView> {
    const added = await this.secrets.add(id, membersOf(request ?? {}), new IfMatch(ifMatch));
    reply.header('etag', etagOf(added.partner));
    return new NewSecretView(added.secret, added.generated);
  }

  @Patch(':secretId')
  @Access('admin')
  @ApiOperation({ summary: 'Change when a secret lives, and what it is for; its value stays' })
  @IdParam()
  @SecretIdParam()
  @IfMatchHeader()
  @ApiBody({ type: SecretPatch })
  @ApiOkResponse({ type: SecretView })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED')
  async change(
    @Param('id') id: string,
    @Param('secretId') secretId: string,
    @Body(DtoPipe) patch: SecretPatch,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SecretView> {
    const changed = await this.secrets.change(id, secretId, membersOf(patch), new IfMatch(ifMatch));
    reply.header('etag', etagOf(changed.partner));
    return new SecretView(changed.secret);
  }

  @Delete(':secretId')
  @HttpCode(204)
  @Access('admin')
  @ApiOperation({
    summary: 'Remove a secret at once',
    description: 'Refused where others stay and a signature alternative would be left without one.',
  })
  @IdParam()
  @SecretIdParam()
  @IfMatchHeader()
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblem('NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED')
  async remove(
    @Param('id') id: string,
    @Param('secretId') secretId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const partner = await this.secrets.remove(id, secretId, new IfMatch(ifMatch));
    reply.header('etag', etagOf(partner));
  }
}
