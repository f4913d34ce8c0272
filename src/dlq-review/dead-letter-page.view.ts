import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type DeadLetterSummary } from '#domain/dead-letters/dead-letter';
import { type Page } from '#platform/http/pagination';
import { DeadLetterView } from './dead-letter.view';

@ApiSchema({ name: 'DeadLetterPage' })
export class DeadLetterPageView implements Page<DeadLetterView> {
  @ApiProperty({ type: [DeadLetterView] })
  readonly items: readonly DeadLetterView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `cursor` to get the next page; `null` on the last one.',
    example: 'WyIyMDI1LTA2LTAxVDEyOjAwOjAwLjIwMFoiLCJldnRfNGpkNyJd',
  })
  readonly nextCursor: string | null;

  constructor({ items, nextCursor }: Page<DeadLetterSummary>) {
    this.items = items.map((letter) => new DeadLetterView(letter));
    this.nextCursor = nextCursor;
  }
}
