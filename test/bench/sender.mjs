import { Connection } from './connection.mjs';
import { signedRequests } from './signed-requests.mjs';

const RECONNECT_AFTER_MS = 50;
/** A target that refuses every connection must not keep us busy for ever. */
const MOST_LOST = 1_000;

/**
 * Holds the connections and counts the answers. On its own it keeps every connection busy; told to wait for orders,
 * it sends one request for each, and the time that an order waits for a free connection counts into its answer time.
 */
export class Sender {
  #port;
  #next;
  #waitsForOrders;
  #open = new Set();
  #idle = new Set();
  #waiting = [];
  #counting = false;
  #over = false;
  #lost = 0;
  #answers = {};
  #times = [];

  constructor({ connections, ...target }, { waitsForOrders }) {
    this.#port = target.port;
    this.#next = signedRequests(target);
    this.#waitsForOrders = waitsForOrders;
    for (let count = 0; count < connections; count += 1) this.#connect();
  }

  order() {
    const [connection] = this.#idle;
    if (connection === undefined) this.#waiting.push(performance.now());
    else this.#send(connection, performance.now());
  }

  beginToCount() {
    this.#counting = true;
  }

  end() {
    this.#over = true;
    for (const connection of this.#open) connection.close();
    return { answers: this.#answers, times: this.#times };
  }

  #connect() {
    if (this.#over || this.#lost > MOST_LOST) return;
    const onIdle = (connection) => this.#becomeIdle(connection);
    this.#open.add(new Connection(this.#port, { onIdle, onLost: (...lost) => this.#lose(...lost) }));
  }

  #send(connection, since) {
    this.#idle.delete(connection);
    connection.send(this.#next(), (status) => {
      this.#count(status);
      if (this.#counting) this.#times.push(performance.now() - since);
      this.#becomeIdle(connection);
    });
  }

  #becomeIdle(connection) {
    if (this.#over) return;
    if (!this.#waitsForOrders) this.#send(connection, performance.now());
    else if (this.#waiting.length > 0) this.#send(connection, this.#waiting.shift());
    else this.#idle.add(connection);
  }

  #lose(connection, wasBusy) {
    this.#open.delete(connection);
    this.#idle.delete(connection);
    this.#lost += 1;
    if (wasBusy) this.#count('lost');
    setTimeout(() => this.#connect(), RECONNECT_AFTER_MS);
  }

  #count(outcome) {
    if (this.#counting) this.#answers[outcome] = (this.#answers[outcome] ?? 0) + 1;
  }
}
