import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, ValidateIf } from 'class-validator';
import { type StepBy } from '#domain/dead-letters/dead-letter-review.repository';
import { type Principal } from '#platform/http/authenticator';

/** Unlike `IsOptional`, refuses `null`: nobody would know what it is to mean. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

export class StepRequest {
  @ApiPropertyOptional({
    type: String,
    maxLength: 2_000,
    description: 'Kept with the dead letter, with your name and the time.',
    example: 'the courier was told',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(2_000)
  readonly note?: string;
}

/** Blank notes say nothing and are not kept. */
export function stepBy({ name }: Principal, { note = '' }: StepRequest): StepBy {
  const text = note.trim();
  return text === '' ? { by: name } : { by: name, note: text };
}
