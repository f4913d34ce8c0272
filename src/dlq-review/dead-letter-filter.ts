import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { REASON_CODES, REVIEW_STATUSES, type ReviewStatus } from '#domain/dead-letters/dead-letter';
import { type DeadLetterQuery } from '#domain/dead-letters/dead-letter-list.repository';
import { FilterInstant, FilterText } from '#domain/listing/filter-rules';
import { PageQuery } from '#platform/http/pagination';

export class DeadLetterFilter extends PageQuery implements DeadLetterQuery {
  @ApiPropertyOptional({ enum: REVIEW_STATUSES, enumName: 'ReviewStatus', example: 'pending' })
  @IsOptional()
  @IsIn(REVIEW_STATUSES, { message: `must be one of ${REVIEW_STATUSES.join(', ')}` })
  readonly reviewStatus?: ReviewStatus;

  @ApiPropertyOptional({ type: String, example: 'acme' })
  @FilterText(200)
  readonly partnerId?: string;

  @ApiPropertyOptional({
    type: String,
    description: `One of ${REASON_CODES.join(', ')}; any other finds nothing.`,
    example: 'UNPARSABLE_BODY',
  })
  @FilterText(200)
  readonly reasonCode?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Became a dead letter at or after this time.',
    example: '2025-06-01T00:00:00.000Z',
  })
  @FilterInstant()
  readonly from?: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Became a dead letter before this time.',
    example: '2025-06-02T00:00:00.000Z',
  })
  @FilterInstant()
  readonly to?: Date;
}
