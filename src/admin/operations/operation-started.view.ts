import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type Operation } from '#domain/operations/operation';

/** The workers are at it from now on. */
@ApiSchema({ name: 'OperationStarted' })
export class OperationStartedView {
  @ApiProperty({
    type: String,
    description: 'How far it is: `GET /v1/admin/operations/:id`.',
    example: 'op_0b6f3f0e-6a0c-4b7e-9f53-5d1c2f4f8a11',
  })
  readonly operationId: string;

  @ApiProperty({ type: 'integer', description: 'How many things there are to do.', example: 1200 })
  readonly matched: number;

  constructor({ id, matched }: Operation) {
    this.operationId = id;
    this.matched = matched;
  }
}
