import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsNumber, Max, Min, ValidateBy } from 'class-validator';

/** What a parser gives back instead of a value: says what was expected. */
export class Expected {
  constructor(readonly message: string) {}
}

function toNumber(text: unknown): unknown {
  return typeof text === 'string' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function apply(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}

/** A whole number. */
export function Whole(min: number, max: number): PropertyDecorator {
  const message = `a whole number from ${min} to ${max}`;
  return apply(
    Transform(({ value }) => toNumber(value)),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

/** A number that may have a fraction. */
export function Decimal(min: number, max: number): PropertyDecorator {
  const message = `a number from ${min} to ${max}, fractions allowed`;
  return apply(
    Transform(({ value }) => toNumber(value)),
    IsNumber({}, { message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

export function OneOf(values: readonly string[]): PropertyDecorator {
  return IsIn(values, { message: `one of ${values.join(', ')}` });
}

/** Written out: implicit conversion would turn the text "false" into true. */
export function Flag(): PropertyDecorator {
  const words = new Map<unknown, boolean>([
    ['true', true],
    ['false', false],
  ]);
  return apply(
    Transform(({ value }: { value: unknown }) => words.get(value) ?? value),
    IsBoolean({ message: 'true or false' }),
  );
}

/** A text with a form of its own; `parse` says what it expected where it cannot read it. */
export function Parsed(parse: (text: string) => unknown): PropertyDecorator {
  return apply(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? parse(value) : value)),
    ValidateBy({
      name: 'parsed',
      validator: {
        validate: (value: unknown) => !(value instanceof Expected),
        defaultMessage: (args) => (args?.value instanceof Expected ? args.value.message : 'another value'),
      },
    }),
  );
}
