import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; a name that came twice has both values, joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A connection on which a test writes byte for byte what it wants, as no well-behaved client would. */
export class RawConnection {
  private received = Buffer.alloc(0);
  private ended = false;
  private error: Error | undefined;
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    socket.on('error', (error) => {
      this.error = error;
    });
    socket.on('close', () => {
      this.ended = true;
      this.wake();
    });
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new RawConnection(socket)));
      socket.once('error', reject);
    });
  }

  write(bytes: string | Buffer): this {
    if (!this.socket.destroyed) this.socket.write(bytes);
    return this;
  }

  close(): void {
    this.socket.destroy();
  }

  /** The next answer on this connection. */
  async answer(): Promise<RawAnswer> {
    for (;;) {
      const parsed = parse(this.received);
      if (parsed !== undefined) {
        this.received = this.received.subarray(parsed.length);
        return parsed.answer;
      }
      if (this.ended) {
        throw new Error(`no whole answer, but ${JSON.stringify(this.received.toString())}`, {
          cause: this.error,
        });
      }
      await this.change();
    }
  }

  /** Resolves when the other side has closed; gives the error, if it was no clean end. */
  async closed(): Promise<Error | undefined> {
    while (!this.ended) await this.change();
    return this.error;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}

function parse(bytes: Buffer): { answer: RawAnswer; length: number } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [name = '', ...value] = line.split(':');
    const key = name.toLowerCase();
    headers[key] = [headers[key], value.join(':').trim()].filter((part) => part !== undefined).join(' & ');
  }
  const length = headEnd + 4 + Number(headers['content-length'] ?? 0);
  if (bytes.length < length) return undefined;
  const body = bytes.subarray(headEnd + 4, length).toString();
  const json = body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : {};
  return { answer: { status: Number(first.split(' ')[1]), headers, body, json }, length };
}
