import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PayloadFault, ProblemBody } from './problem';
import { type ProblemCode, PROBLEMS } from './problem-codes';

export class PayloadFaultDto implements PayloadFault {
  @ApiProperty({
    description: 'JSON Pointer to the place; empty for the payload as a whole',
    example: '/limit',
  })
  readonly path: string = '';

  @ApiProperty({ example: 'must be a whole number from 1 to 200' })
  readonly message: string = '';
}

/** RFC 9457 problem details: the shape of every error answer. */
export class ProblemDto implements ProblemBody {
  @ApiProperty({ description: 'Stable name of the kind', example: 'urn:courier-gateway:problem:not-found' })
  readonly type: string = '';

  @ApiProperty({ example: 'Not found' })
  readonly title: string = '';

  @ApiProperty({ type: Number, example: 404 })
  readonly status: number = 0;

  @ApiProperty({ description: 'What was expected', example: 'there is no such route' })
  readonly detail: string = '';

  @ApiProperty({ enum: Object.keys(PROBLEMS), enumName: 'ProblemCode', example: 'NOT_FOUND' })
  readonly code: ProblemCode = 'INTERNAL';

  @ApiProperty({ description: 'Also in our log lines', example: '4bf92f3577b34da6a3ce929d0e0e4736' })
  readonly traceId: string = '';

  @ApiPropertyOptional({ type: () => [PayloadFaultDto], description: 'With INVALID_PAYLOAD' })
  readonly errors?: PayloadFaultDto[];
}
