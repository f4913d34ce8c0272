import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type EventSummary } from '#domain/events/event-review.repository';
import { type Page } from '#platform/http/pagination';
import { EventView } from './event.view';

@ApiSchema({ name: 'EventPage' })
export class EventPageView implements Page<EventView> {
  @ApiProperty({ type: [EventView] })
  readonly items: readonly EventView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `cursor` to get the next page; `null` on the last one.',
    example: 'WyIyMDI1LTA2LTAxVDEyOjAwOjAwLjAwMFoiLCJldnRfNGpkNyJd',
  })
  readonly nextCursor: string | null;

  constructor({ items, nextCursor }: Page<EventSummary>) {
    this.items = items.map((event) => new EventView(event));
    this.nextCursor = nextCursor;
  }
}
