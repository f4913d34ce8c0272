import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { INSTANT_FAULT, instantOf } from './instant';

/** A filter of a list by a text; an empty one is a mistake, not a filter. */
export const FilterText = (maxLength: number): PropertyDecorator =>
  applyDecorators(IsOptional(), IsString(), IsNotEmpty(), MaxLength(maxLength));

/** A filter of a list by a time: RFC 3339 in the query, a `Date` in the class. */
export const FilterInstant = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) => instantOf(value) ?? value),
    IsDate({ message: INSTANT_FAULT }),
  );
