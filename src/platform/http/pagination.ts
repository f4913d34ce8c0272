import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, MaxLength, ValidateBy } from 'class-validator';
import { invalidPayload } from './validation';

export const DEFAULT_PAGE = 50;
export const MAX_PAGE = 200;
const LIMIT_FAULT = `must be a whole number from 1 to ${MAX_PAGE}`;

/** What every list of the admin API answers. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

const isLimit = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_PAGE;

/** One rule, so that a fault is named once. */
const IsLimit = (): PropertyDecorator =>
  ValidateBy({ name: 'isLimit', validator: { validate: isLimit, defaultMessage: () => LIMIT_FAULT } });

/** Query of a list; extend it by the filters. */
export class PageQuery {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MAX_PAGE, default: DEFAULT_PAGE })
  @Transform(({ value }) => toNumber(value))
  @IsLimit()
  readonly limit: number = DEFAULT_PAGE;

  @ApiPropertyOptional({ type: String, description: '`nextCursor` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  readonly cursor?: string;
}

/** Opaque to clients: what it holds may change from one version to the next. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
}

/** `read` recognises the position that `encodeCursor` was given; a cursor comes from outside like anything else. */
export function decodeCursor<T>(cursor: string, read: (position: unknown) => T | undefined): T {
  const position = read(parsed(cursor));
  if (position !== undefined) return position;
  throw invalidPayload([{ path: '/cursor', message: 'must be the nextCursor of an earlier answer' }]);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Makes a page of a list that was asked for one item more than `limit`, to see whether there are more. */
export function toPage<T>(found: readonly T[], limit: number, positionOf: (item: T) => unknown): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(positionOf(last)) : null };
}

/** The same page of what `viewOf` makes of its items. */
export const mapPage = <T, V>({ items, nextCursor }: Page<T>, viewOf: (item: T) => V): Page<V> => ({
  items: items.map(viewOf),
  nextCursor,
});

export interface Listing<T, P> {
  /** How a cursor carries a place in the list. */
  readonly form: {
    readonly read: (carried: unknown) => P | undefined;
    readonly write: (position: P) => unknown;
  };
  /** At most `limit` of what comes after this place. */
  readonly find: (limit: number, after: P | undefined) => Promise<readonly T[]>;
  readonly positionOf: (item: T) => P;
}

/** One page of a list that is read from the stores. */
export async function pageBy<T, P>(
  { limit, cursor }: PageQuery,
  { form, find, positionOf }: Listing<T, P>,
): Promise<Page<T>> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, form.read);
  const found = await find(limit + 1, after);
  return toPage(found, limit, (item) => form.write(positionOf(item)));
}
