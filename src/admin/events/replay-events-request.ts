import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsDate,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { INSTANT_FAULT, instantOf } from '#domain/listing/instant';
import { REPLAYABLE_STATUSES, type ReplayableStatus, type ReplayFilter } from '#domain/replay/replay-filter';
import { MayBeAbsent } from '#platform/http/validation';
import { OperationRequest } from '../operations/operation-request';

/** RFC 3339 in the body, a `Date` in the class. */
const Instant = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => instantOf(value) ?? value),
    IsDate({ message: INSTANT_FAULT }),
  );

export class ReplayEventsFilter implements ReplayFilter {
  @ApiProperty({ type: String, example: 'acme' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly partnerId: string = '';

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Received at or after this time.',
    example: '2025-06-01T00:00:00.000Z',
  })
  @Instant()
  readonly from: Date = new Date(Number.NaN);

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Received before this time.',
    example: '2025-06-02T00:00:00.000Z',
  })
  @Instant()
  readonly to: Date = new Date(Number.NaN);

  @ApiPropertyOptional({
    enum: REPLAYABLE_STATUSES,
    enumName: 'ReplayableStatus',
    description: 'Default: both. Dead letters have a replay of their own.',
    example: 'processed',
  })
  @MayBeAbsent()
  @IsIn(REPLAYABLE_STATUSES, { message: `must be one of ${REPLAYABLE_STATUSES.join(', ')}` })
  readonly status?: ReplayableStatus;
}

export class ReplayEventsRequest extends OperationRequest {
  @ApiProperty({ type: ReplayEventsFilter })
  @IsObject({ message: 'must be an object with partnerId, from and to' })
  @ValidateNested()
  @Type(() => ReplayEventsFilter)
  readonly filter: ReplayEventsFilter = new ReplayEventsFilter();

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Only says what would change.',
    example: true,
  })
  @MayBeAbsent()
  @IsBoolean()
  readonly dryRun?: boolean;
}
