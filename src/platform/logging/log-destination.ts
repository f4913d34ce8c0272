import { destination, type DestinationStream } from 'pino';

const STDOUT = 1;
const BUFFER_CHARACTERS = 8192;
const FLUSH_MS = 500;

type Sink = DestinationStream & { flushSync(): void };

/**
 * Gathers lines and hands them on together. The stream below has a buffer, too, but measures it anew at every
 * line, which costs more than all the rest of writing one.
 */
export class LineBuffer implements DestinationStream {
  private lines: string[] = [];
  private characters = 0;

  constructor(private readonly sink: Sink) {}

  write(line: string): void {
    this.lines.push(line);
    this.characters += line.length;
    if (this.characters > BUFFER_CHARACTERS) this.flush();
  }

  flush(): void {
    if (this.lines.length === 0) return;
    const lines = this.lines.join('');
    this.lines = [];
    this.characters = 0;
    this.sink.write(lines);
  }

  /** pino calls it after a fatal line. */
  flushSync(): void {
    this.flush();
    this.sink.flushSync();
  }
}

/**
 * Standard output, buffered: a write per line would be paid by every event of the intake. Written when the
 * buffer is full, twice a second, and when the process ends, be it by an error that nobody caught.
 */
export function bufferedStdout(): LineBuffer {
  const buffer = new LineBuffer(destination({ dest: STDOUT, sync: false }));
  setInterval(() => buffer.flush(), FLUSH_MS).unref();
  process.once('exit', () => buffer.flushSync());
  return buffer;
}
