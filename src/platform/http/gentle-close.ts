import type { Socket } from 'node:net';

const LINGER_MS = 1_000;

function linger(socket: Socket): void {
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/**
 * Ends our side with the last words and goes on reading for a moment. A socket that is closed over unread
 * bytes makes the kernel send a reset, and a sender that is still writing may then never see the answer.
 */
export function endGently(socket: Socket, lastWords: string): void {
  socket.end(lastWords);
  linger(socket);
}

/** The same for an answer that Node writes: takes the place of its abrupt end after `connection: close`. */
export function closeGentlyAfterAnswer(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end();
    linger(socket);
  };
}
