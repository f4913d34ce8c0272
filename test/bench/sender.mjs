import { Connection } from './connection.mjs';
import { signedRequests } from './signed-requests.mjs';

const RECONNECT_AFTER_MS = 50;
/** A target that refuses every connection must not keep us busy for ever. */
const MOST_LOST = 1_000;

/**
 * Holds the connections and counts the answers. On its own it keeps every connection busy; told to wait for orders,
 * it sends one request for each, and the time that an order waits for a free connection counts into its answer time.
 * With `requests` it sends so many and no more.
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
  #unsent;
  #unanswered;
  #tellAllAnswered;
  #times = [];

  /** Ends when all of so many requests were answered, or lost; never where there is no such number. */
  allAnswered = new Promise((resolve) => (this.#tellAllAnswered = resolve));

  constructor({ connections, requests = Infinity, ...target }, { waitsForOrders }) {
    this.#port = target.port;
    this.#next = signedRequests(target);
    this.#waitsForOrders = waitsForOrders;
    this.#unsent = requests;
    this.#unanswered = requests;
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
    this.#unsent -= 1;
    connection.send(this.#next(), (status) => {
      this.#count(status);
      if (this.#counting) this.#times.push(performance.now() - since);
      this.#becomeIdle(connection);
    });
  }

  #becomeIdle(connection) {
    if (this.#over || this.#unsent === 0) return;
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
    this.#unanswered -= 1;
    if (this.#unanswered === 0) this.#tellAllAnswered();
  }
}
