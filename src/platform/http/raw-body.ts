import type { IncomingMessage } from 'node:http';
import { closeGentlyAfterAnswer } from './gentle-close';
import { ProblemError } from './problem';

export interface RawBodyOptions {
  readonly limitBytes: number;
  /** From this call to the last byte. */
  readonly timeoutMs: number;
}

const EMPTY = Buffer.alloc(0);

/** Rather than draining what is left of a refused body, the connection ends after the answer. */
function refuse(
  raw: IncomingMessage,
  code: 'PAYLOAD_TOO_LARGE' | 'REQUEST_TIMEOUT',
  detail: string,
): ProblemError {
  closeGentlyAfterAnswer(raw.socket);
  return new ProblemError(code, detail, { headers: { connection: 'close' } });
}

const tooLarge = (raw: IncomingMessage, limitBytes: number): ProblemError =>
  refuse(raw, 'PAYLOAD_TOO_LARGE', `the body has more than the ${limitBytes} bytes that are allowed here`);

const tooSlow = (raw: IncomingMessage, timeoutMs: number): ProblemError =>
  refuse(raw, 'REQUEST_TIMEOUT', `the body was not complete after ${timeoutMs} ms: send it again`);

const cutOff = (): ProblemError =>
  new ProblemError('BAD_REQUEST', 'the connection ended before the body was complete', {
    headers: { connection: 'close' },
  });

/** The exact bytes of the body. One chunk, the usual case, is handed on as it came. */
export function readRawBody(raw: IncomingMessage, options: RawBodyOptions): Promise<Buffer> {
  const { limitBytes, timeoutMs } = options;
  const declared = raw.headers['content-length'];
  if (declared === undefined && raw.headers['transfer-encoding'] === undefined) return Promise.resolve(EMPTY);
  if (Number(declared) > limitBytes) return Promise.reject(tooLarge(raw, limitBytes));
  if (raw.destroyed) return Promise.reject(cutOff());
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let rest: Buffer[] | undefined;
    let length = 0;
    const settle = (problem: ProblemError | undefined): void => {
      clearTimeout(timer);
      raw.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
      if (problem !== undefined) reject(problem);
      else if (rest !== undefined) resolve(Buffer.concat(rest, length));
      else resolve(first ?? EMPTY);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limitBytes) return settle(tooLarge(raw, limitBytes));
      if (first === undefined) first = chunk;
      else (rest ??= [first]).push(chunk);
    };
    const onEnd = (): void => settle(undefined);
    const onCut = (): void => settle(cutOff());
    const timer = setTimeout(() => settle(tooSlow(raw, timeoutMs)), timeoutMs);
    raw.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
  });
}
