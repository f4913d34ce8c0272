import { type KeptRequest } from '../compiled-partner';

/** What a mapping may read. */
export interface MappingScope extends Pick<KeptRequest, 'headers' | 'query'> {
  readonly body: unknown;
  /** The item at hand; without `each` the body. */
  readonly item: unknown;
}

/** Characters of a string, digits of a number; anything else is missing. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'boolean' ? String(value) : undefined;
}

/** The same without outer blanks; nothing but blanks is missing. */
export function textOf(value: unknown): string | undefined {
  const text = scalarText(value)?.trim();
  return text === '' ? undefined : text;
}

/** Nothing sent, `null`, or blanks only. */
export const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
