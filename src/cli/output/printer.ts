import { createColors } from 'picocolors';
import { type Terminal } from '../terminal';
import { type Column, harmless, tableOf } from './table';

/** Writes results: tables and colour on a terminal, plain columns when piped, JSON where it was asked for. */
export class Printer {
  private readonly colors: ReturnType<typeof createColors>;

  constructor(
    private readonly terminal: Terminal,
    readonly json: boolean,
  ) {
    this.colors = createColors(terminal.isInteractive);
  }

  /** The result as one JSON document where `--json` was given, else whatever `show` writes. */
  result(value: unknown, show: () => void): void {
    if (this.json) this.line(JSON.stringify(value, null, 2));
    else show();
  }

  line(text: string): void {
    this.terminal.stdout.write(`${text}\n`);
  }

  /** Beside the result: progress, what to do next. Never mixed into what other programs read. */
  note(text: string): void {
    this.terminal.stderr.write(`${this.colors.dim(harmless(text))}\n`);
  }

  error(message: string, hint?: string): void {
    this.terminal.stderr.write(`${this.colors.red('error:')} ${message}\n`);
    if (hint !== undefined) this.terminal.stderr.write(`${hint}\n`);
  }

  done(text: string): void {
    this.line(`${this.colors.green('✓')} ${text}`);
  }

  table<T>(items: readonly T[], columns: readonly Column<T>[]): void {
    this.line(tableOf(items, columns, this.terminal));
  }

  /** Names and values of one thing, below each other; what is missing is left out. */
  fields(entries: readonly (readonly [name: string, value: unknown])[]): void {
    const present = entries.filter(([, value]) => value !== undefined);
    const width = Math.max(...present.map(([name]) => name.length));
    for (const [name, value] of present) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      this.line(`${this.colors.bold(harmless(name).padEnd(width))}  ${harmless(text)}`);
    }
  }
}
