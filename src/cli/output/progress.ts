import { type Terminal } from '../terminal';

/** Where nobody looks on, a line now and then is enough. */
const PLAIN_EVERY_MS = 5_000;
const CLEAR_LINE = '\r\u001b[2K';

/** How far something is: one line that changes on a terminal, a plain line now and then when piped. */
export class Progress {
  private shown = '';
  private shownAt = 0;

  constructor(private readonly terminal: Terminal) {}

  show(text: string): void {
    if (text === this.shown) return;
    const now = performance.now();
    if (this.terminal.isInteractive) this.terminal.stderr.write(CLEAR_LINE + text);
    else if (this.shown === '' || now - this.shownAt >= PLAIN_EVERY_MS)
      this.terminal.stderr.write(`${text}\n`);
    else return;
    this.shown = text;
    this.shownAt = now;
  }

  /** What comes next begins on a line of its own. */
  end(): void {
    if (this.terminal.isInteractive && this.shown !== '') this.terminal.stderr.write(CLEAR_LINE);
  }
}
