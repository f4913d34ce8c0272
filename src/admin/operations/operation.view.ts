import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  type Operation,
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationState,
} from '#domain/operations/operation';
import { PageOf } from '#platform/http/page.view';

/** Work on many things, and how far it is. */
@ApiSchema({ name: 'Operation' })
export class OperationView {
  @ApiProperty({ type: String, example: 'op_0b6f3f0e-6a0c-4b7e-9f53-5d1c2f4f8a11' })
  readonly id: string;

  @ApiProperty({ enum: OPERATION_KINDS, enumName: 'OperationKind', example: 'rebuild_shipments' })
  readonly kind: OperationKind;

  @ApiProperty({ enum: OPERATION_STATES, enumName: 'OperationState', example: 'running' })
  readonly state: OperationState;

  @ApiProperty({
    type: 'integer',
    description: 'How many things there were when it was asked for; more may have come since.',
    example: 1200,
  })
  readonly matched: number;

  @ApiProperty({
    type: 'integer',
    description: 'Seen to, those included that did not need it.',
    example: 800,
  })
  readonly done: number;

  @ApiProperty({
    type: 'integer',
    description: 'Could not be done; the log of the workers says why.',
    example: 0,
  })
  readonly failed: number;

  @ApiProperty({ type: 'integer', description: 'Those of the done ones that are different now.', example: 3 })
  readonly changed: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What it is about.',
    example: { partnerId: 'acme' },
  })
  readonly filter: Operation['filter'];

  @ApiPropertyOptional({ type: 'integer', example: 500 })
  readonly ratePerSecond?: number;

  @ApiPropertyOptional({ type: String, example: 'the status table was mended' })
  readonly note?: string;

  @ApiProperty({ type: String, description: 'Name of the key that it was asked for with.', example: 'olaf' })
  readonly requestedBy: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.000Z' })
  readonly createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:07.120Z' })
  readonly updatedAt: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'It is kept for 90 days from here.',
  })
  readonly finishedAt?: Date;

  @ApiPropertyOptional({ type: String, description: 'Why it failed, or who cancelled it.' })
  readonly message?: string;

  constructor(operation: Operation) {
    this.id = operation.id;
    this.kind = operation.kind;
    this.state = operation.state;
    this.matched = operation.matched;
    this.done = operation.done;
    this.failed = operation.failed;
    this.changed = operation.changed;
    this.filter = operation.filter;
    if (operation.ratePerSecond !== undefined) this.ratePerSecond = operation.ratePerSecond;
    if (operation.note !== undefined) this.note = operation.note;
    this.requestedBy = operation.requestedBy;
    this.createdAt = operation.createdAt;
    this.updatedAt = operation.updatedAt;
    if (operation.finishedAt !== undefined) this.finishedAt = operation.finishedAt;
    if (operation.message !== undefined) this.message = operation.message;
  }
}

@ApiSchema({ name: 'OperationPage' })
export class OperationPageView extends PageOf(OperationView) {}
