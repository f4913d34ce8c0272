import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { keptNote, MayBeAbsent } from '#platform/http/validation';

const FASTEST = 10_000;
const RATE_FAULT = `must be a whole number from 1 to ${FASTEST}`;

/** What may be said of any operation. */
export class OperationRequest {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: FASTEST,
    description: 'At most so many things in a second. Default: as fast as it goes, with rests in between.',
    example: 500,
  })
  @MayBeAbsent()
  @IsInt({ message: RATE_FAULT })
  @Min(1, { message: RATE_FAULT })
  @Max(FASTEST, { message: RATE_FAULT })
  readonly ratePerSecond?: number;

  @ApiPropertyOptional({
    type: String,
    maxLength: 2_000,
    description: 'Kept with the operation, with your name and the time.',
    example: 'the status table was mended',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(2_000)
  readonly note?: string;
}

/** What of it an operation keeps. */
export const termsOf = ({ ratePerSecond, note }: OperationRequest) => ({
  ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
  ...keptNote(note),
});
