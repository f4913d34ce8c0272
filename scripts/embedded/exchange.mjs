import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * One question over a TCP or TLS connection of its own: sends `request`, gathers what comes until `complete` finds
 * an answer in it.
 *
 * @template T
 * @param {{ host: string, port: number, tls?: boolean, caFile?: string, timeoutMs?: number }} server
 * @param {Buffer | string} request
 * @param {(received: Buffer) => T | undefined} complete gives undefined while the answer is not whole
 * @returns {Promise<T>}
 */
export function exchange({ host, port, tls = false, caFile, timeoutMs = 3_000 }, request, complete) {
  return new Promise((resolve, reject) => {
    const ca = tls && caFile ? readFileSync(caFile) : undefined;
    const socket = tls ? connectTls({ host, port, ca, servername: host }) : connect({ host, port });
    let received = Buffer.alloc(0);
    const settle = (act, value) => {
      socket.destroy();
      act(value);
    };
    socket.setTimeout(timeoutMs, () => settle(reject, new Error(`no answer within ${timeoutMs} ms`)));
    socket.once('error', (error) => settle(reject, new Error(error.code ?? error.message)));
    socket.once('close', () => settle(reject, new Error('the connection was closed')));
    socket.once(tls ? 'secureConnect' : 'connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      try {
        const answer = complete(received);
        if (answer !== undefined) settle(resolve, answer);
      } catch (error) {
        settle(reject, error);
      }
    });
  });
}
