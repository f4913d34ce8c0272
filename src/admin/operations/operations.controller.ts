import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { type Principal } from '#platform/http/authenticator';
import { mapPage } from '#platform/http/pagination';
import { DtoPipe } from '#platform/http/validation';
import { FindOperations } from './find-operations';
import { OperationFilter } from './operation-filter';
import { OperationPageView, OperationView } from './operation.view';

const OperationIdParam = (): MethodDecorator =>
  ApiParam({ name: 'id', type: String, example: 'op_0b6f3f0e-6a0c-4b7e-9f53-5d1c2f4f8a11' });

@ApiTags('operations')
@Controller('v1/admin/operations')
export class OperationsController {
  constructor(private readonly operations: FindOperations) {}

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'List operations, newest first' })
  @ApiOkResponse({ type: OperationPageView, description: 'One page.' })
  @ApiProblem('INVALID_PAYLOAD')
  async list(@Query(DtoPipe) filter: OperationFilter): Promise<OperationPageView> {
    const page = await this.operations.page(filter);
    return new OperationPageView(mapPage(page, (operation) => new OperationView(operation)));
  }

  @Get(':id')
  @Access('viewer')
  @ApiOperation({ summary: 'One operation: how far it is' })
  @OperationIdParam()
  @ApiOkResponse({ type: OperationView, description: 'The operation.' })
  @ApiProblem('NOT_FOUND')
  async find(@Param('id') id: string): Promise<OperationView> {
    return new OperationView(await this.operations.one(id));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Access('operator')
  @ApiOperation({
    summary: 'End an operation before its next page',
    description:
      'What is done stays done. The page under way, at most 200 things, is finished and counted. 409 if it has ended.',
  })
  @OperationIdParam()
  @ApiOkResponse({ type: OperationView, description: 'The operation as it is now.' })
  @ApiProblem('NOT_FOUND', 'CONFLICT')
  async cancel(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<OperationView> {
    return new OperationView(await this.operations.cancel(id, principal.name));
  }
}
