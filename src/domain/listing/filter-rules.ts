import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate, IsNotEmpty, IsString, MaxLength, ValidateIf } from 'class-validator';
import { INSTANT_FAULT, instantOf } from './instant';

/** Absent is no filter; `null`, which only a body can hold, is a mistake. */
const IfGiven = (): PropertyDecorator => ValidateIf((_filter, value: unknown) => value !== undefined);

/** A filter of a list by a text; an empty one is a mistake, not a filter. */
export const FilterText = (maxLength: number): PropertyDecorator =>
  applyDecorators(IfGiven(), IsString(), IsNotEmpty(), MaxLength(maxLength));

/** A filter of a list by a time: RFC 3339 in the query, a `Date` in the class. */
export const FilterInstant = (): PropertyDecorator =>
  applyDecorators(
    IfGiven(),
    Transform(({ value }: { value: unknown }) => instantOf(value) ?? value),
    IsDate({ message: INSTANT_FAULT }),
  );
