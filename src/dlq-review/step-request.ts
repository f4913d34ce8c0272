import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { type StepBy } from '#domain/dead-letters/dead-letter-review.repository';
import { type Principal } from '#platform/http/authenticator';
import { keptNote, MayBeAbsent } from '#platform/http/validation';

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

export const stepBy = ({ name }: Principal, { note }: StepRequest): StepBy => ({
  by: name,
  ...keptNote(note),
});
