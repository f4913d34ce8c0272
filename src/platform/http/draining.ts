import type { Server } from 'node:http';

const SWEEP_MS = 100;

/**
 * `close` waits for every connection, and a sender that keeps an idle one open would hold it for a minute:
 * they are closed as they fall idle, and after `timeoutMs` whatever is left.
 */
export function closeConnectionsWhileDraining(server: Server, timeoutMs: number): void {
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS).unref();
  const end = setTimeout(() => server.closeAllConnections(), timeoutMs).unref();
  server.once('close', () => {
    clearInterval(sweep);
    clearTimeout(end);
  });
}
