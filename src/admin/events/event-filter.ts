import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { EVENT_STATUSES, type EventStatus } from '#domain/events/inbound-event';
import { FilterInstant, FilterText } from '#domain/listing/filter-rules';
import { PageQuery } from '#platform/http/pagination';

export class EventFilter extends PageQuery {
  @ApiPropertyOptional({ type: String, example: 'acme' })
  @FilterText(200)
  readonly partnerId?: string;

  @ApiPropertyOptional({ enum: EVENT_STATUSES, enumName: 'EventStatus', example: 'processed' })
  @IsOptional()
  @IsIn(EVENT_STATUSES, { message: `must be one of ${EVENT_STATUSES.join(', ')}` })
  readonly status?: EventStatus;

  @ApiPropertyOptional({
    type: String,
    description: 'Events that were applied to this parcel.',
    example: 'JD014600006281230704',
  })
  @FilterText(512)
  readonly trackingNumber?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Received at or after this time.',
    example: '2025-06-01T00:00:00.000Z',
  })
  @FilterInstant()
  readonly from?: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Received before this time.',
    example: '2025-06-02T00:00:00.000Z',
  })
  @FilterInstant()
  readonly to?: Date;
}
