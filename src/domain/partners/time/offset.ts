/** `Z`, `+08`, `+0800`, `+08:00`. */
export const OFFSET_PATTERN = '[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?';

const OFFSET = /^([+-])([0-9]{2}):?([0-9]{2})?$/;
const FARTHEST_MINUTES = 18 * 60;

/** Minutes ahead of UTC; `undefined` where no place on earth has such an offset. */
export function offsetMinutes(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const [, sign, hours, minutes = '0'] = OFFSET.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  if (total > FARTHEST_MINUTES) return undefined;
  return sign === '-' ? -total : total;
}
