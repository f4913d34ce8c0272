import Table from 'cli-table3';
import { createColors } from 'picocolors';
import { type Terminal } from '../terminal';

export interface Column<T> {
  readonly title: string;
  readonly value: (item: T) => unknown;
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
};

/** Control characters of what partners sent must not steer the terminal of who reads it. */
export const harmless = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** With lines and colour on a terminal; aligned columns, one line an item, when piped. */
export function tableOf<T>(
  items: readonly T[],
  columns: readonly Column<T>[],
  { isInteractive }: Pick<Terminal, 'isInteractive'>,
): string {
  const rows = items.map((item) => columns.map(({ value }) => harmless(textOf(value(item)))));
  const titles = columns.map(({ title }) => title);
  return isInteractive ? framed(titles, rows) : aligned([titles, ...rows]);
}

function framed(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const { bold } = createColors(true);
  const table = new Table({ head: titles.map(bold), style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
