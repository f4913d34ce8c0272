import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type Operation } from '#domain/operations/operation';
import { type Page } from '#platform/http/pagination';
import { OperationView } from './operation.view';

@ApiSchema({ name: 'OperationPage' })
export class OperationPageView implements Page<OperationView> {
  @ApiProperty({ type: [OperationView] })
  readonly items: readonly OperationView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `cursor` to get the next page; `null` on the last one.',
    example: 'WyIyMDI1LTA2LTAxVDEyOjAwOjAwLjAwMFoiLCJvcF8wYjZmIl0',
  })
  readonly nextCursor: string | null;

  constructor({ items, nextCursor }: Page<Operation>) {
    this.items = items.map((operation) => new OperationView(operation));
    this.nextCursor = nextCursor;
  }
}
