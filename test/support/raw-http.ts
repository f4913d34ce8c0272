import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends these bytes over a socket as they are, and reads until the answer is whole or the connection ends. */
export function sendRaw(
  url: string,
  pieces: readonly (string | Buffer)[],
  timeoutMs = 20_000,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ host: hostname, port: Number(port) });
    const timer = setTimeout(
      () => end(new Error(`no whole answer in ${timeoutMs} ms: ${received}`)),
      timeoutMs,
    );
    const end = (error?: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve(parse(received));
    };
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (isWhole(received)) end();
    });
    socket.on('error', (error) => (received.includes('\r\n\r\n') ? end() : end(error)));
    socket.on('close', () => end(received === '' ? new Error('closed without an answer') : undefined));
    socket.on('connect', () => {
      for (const piece of pieces) socket.write(piece);
    });
  });
}

function isWhole(received: string): boolean {
  const end = received.indexOf('\r\n\r\n');
  const length = /content-length: *(\d+)/i.exec(received)?.[1];
  return end >= 0 && length !== undefined && received.length >= end + 4 + Number(length);
}

function parse(received: string): RawAnswer {
  const end = received.indexOf('\r\n\r\n');
  const head = end < 0 ? received : received.slice(0, end);
  return { status: Number(head.split(' ')[1]), head, body: end < 0 ? '' : received.slice(end + 4) };
}
