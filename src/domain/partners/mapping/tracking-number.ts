import { type MappingProblem } from '../compiled-partner';

const LONGEST = 255;

export const MISSING = 'MISSING_TRACKING_NUMBER';
export const TOO_LONG = 'TRACKING_NUMBER_TOO_LONG';

export const isTooLong = (trackingNumber: string): boolean => trackingNumber.length > LONGEST;

/** Which items have a number that is too long, for people; `undefined` where none has. */
export function tooLongNumbers(problems: readonly MappingProblem[]): string | undefined {
  const items = problems.filter(({ code }) => code === TOO_LONG).map(({ index = 0 }) => index);
  return items.length === 0
    ? undefined
    : `the tracking number of item ${items.join(', ')} is longer than ${LONGEST} characters: correct it, or ` +
        'which field the mapping takes for trackingNumber';
}
