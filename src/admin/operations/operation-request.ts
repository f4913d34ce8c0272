import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, MaxLength, Min, ValidateIf } from 'class-validator';

const FASTEST = 10_000;
const RATE_FAULT = `must be a whole number from 1 to ${FASTEST}`;

/** Unlike `IsOptional`, refuses `null`: nobody would know what it is to mean. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

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

/** What of it an operation keeps; a blank note says nothing. */
export function termsOf({ ratePerSecond, note = '' }: OperationRequest) {
  const text = note.trim();
  return {
    ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
    ...(text === '' ? {} : { note: text }),
  };
}
