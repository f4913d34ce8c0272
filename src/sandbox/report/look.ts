import { styleText } from 'node:util';
import { type TableStyle } from './table';

export type Colour = 'green' | 'red' | 'yellow' | 'dim' | 'bold';

/** How the report may look where it goes to. */
export interface Look extends TableStyle {
  readonly paint: (colour: Colour, text: string) => string;
}

/** For pipes and files. */
export const PLAIN: Look = { boxed: false, paint: (_colour, text) => text };

interface Output {
  readonly isTTY: boolean;
  readonly columns?: number;
  /** Only terminals have it. */
  hasColors?(): boolean;
}

/** Boxes only on a terminal, colours only where it has them and nobody said NO_COLOR. */
export function lookOf(output: Output): Look {
  if (!output.isTTY) return PLAIN;
  const { columns = Infinity } = output;
  const paint = output.hasColors?.() === true ? styleText : PLAIN.paint;
  return { boxed: true, columns, paint };
}
