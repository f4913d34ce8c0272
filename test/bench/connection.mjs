import net from 'node:net';

const HEAD_END = '\r\n\r\n';

/**
 * One keep-alive connection that has at most one request under way. A raw socket costs the generator a fraction of
 * what an HTTP client does, which matters where it shares the machine with what it measures.
 */
export class Connection {
  #socket;
  #received = '';
  #answered;

  constructor(port, { onIdle, onLost }) {
    this.#socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('connect', () => onIdle(this));
    this.#socket.on('data', (text) => this.#take(text));
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => onLost(this, this.#answered !== undefined));
  }

  send(bytes, answered) {
    this.#answered = answered;
    this.#received = '';
    this.#socket.write(bytes);
  }

  close() {
    this.#socket.removeAllListeners('close').destroy();
  }

  #take(text) {
    this.#received += text;
    if (!isWhole(this.#received)) return;
    const answered = this.#answered;
    this.#answered = undefined;
    answered?.(this.#received.slice(9, 12));
  }
}

/** Both servers that are measured send a content-length; an answer without one is never whole, and counts as lost. */
function isWhole(text) {
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd));
  return length !== null && text.length >= headEnd + HEAD_END.length + Number(length[1]);
}
