import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';

const WORDS: ReadonlyMap<unknown, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Written out: implicit conversion would turn the text "false" into true. */
const QueryFlag = (): PropertyDecorator => (target, key) => {
  Transform(({ value }: { value: unknown }) => WORDS.get(value) ?? value)(target, key);
  IsBoolean({ message: 'must be true or false' })(target, key);
};

export class PartnerQuery {
  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Shows the document as it was written, rather than over its preset.',
  })
  @QueryFlag()
  readonly written: boolean = false;
}

export class ApplyQuery {
  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Only says what would be done.',
  })
  @QueryFlag()
  readonly dryRun: boolean = false;
}
