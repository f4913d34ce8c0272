import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import {
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationState,
} from '#domain/operations/operation';
import { type OperationQuery } from '#domain/operations/operation.repository';
import { PageQuery } from '#platform/http/pagination';

export class OperationFilter extends PageQuery implements OperationQuery {
  @ApiPropertyOptional({ enum: OPERATION_STATES, enumName: 'OperationState', example: 'running' })
  @IsOptional()
  @IsIn(OPERATION_STATES, { message: `must be one of ${OPERATION_STATES.join(', ')}` })
  readonly state?: OperationState;

  @ApiPropertyOptional({ enum: OPERATION_KINDS, enumName: 'OperationKind', example: 'rebuild_shipments' })
  @IsOptional()
  @IsIn(OPERATION_KINDS, { message: `must be one of ${OPERATION_KINDS.join(', ')}` })
  readonly kind?: OperationKind;
}
