import { stripVTControlCharacters } from 'node:util';

type Row = readonly string[];

export interface TableStyle {
  /** With box-drawing, for a terminal. */
  readonly boxed: boolean;
  /** Where a box is wider than this, its lines would break: then it is plain, too. */
  readonly columns?: number;
}

const widthOf = (text: string): number => [...stripVTControlCharacters(text)].length;
const padded = (text: string, width: number): string => text + ' '.repeat(width - widthOf(text));

/** Columns as wide as their widest cell. A row may have fewer cells than the header. */
export function table(header: Row, rows: readonly Row[], style: TableStyle): string {
  const widths = header.map((title, column) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  const cellsOf = (row: Row) => widths.map((width, column) => padded(row[column] ?? '', width));
  const [titles, lines] = [cellsOf(header), rows.map(cellsOf)];
  const { boxed, columns = Infinity } = style;
  const fits = widths.reduce((sum, width) => sum + width + 3, 1) <= columns;
  return (boxed && fits ? inBox : plain)(titles, lines, widths).join('\n');
}

function plain(titles: Row, rows: readonly Row[], widths: readonly number[]): readonly string[] {
  const underline = widths.map((width) => '-'.repeat(width));
  return [titles, underline, ...rows].map((cells) => cells.join('  ').trimEnd());
}

function inBox(titles: Row, rows: readonly Row[], widths: readonly number[]): readonly string[] {
  const line = (cells: Row) => `│ ${cells.join(' │ ')} │`;
  const rule = (left: string, cross: string, right: string) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(cross)}${right}`;
  return [rule('┌', '┬', '┐'), line(titles), rule('├', '┼', '┤'), ...rows.map(line), rule('└', '┴', '┘')];
}
