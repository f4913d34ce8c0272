import { setTimeout as sleep } from 'node:timers/promises';
import { Pacer } from '../bench/pacer.mjs';
import { ANSWER_WITHIN_MS, post } from './http-client.mjs';

/** Together they outlast the longest fault by far; a sender that gave up would owe nobody anything. */
const MOST_TRIES = 20;
const PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 1_000;
const SENT_TWICE = 0.1;

/**
 * The sender: events at a steady rate to both apis in turn. Without an answer, or with one that says "not now", the
 * same event is sent again to the other one; some are sent twice for no reason, as couriers do.
 */
export class Courier {
  #apis;
  #ledger;
  #parcels;
  #random;
  #sign;
  #pacer;
  #count = 0;
  #deliveries = new Set();
  #posting = 0;
  #held;

  constructor({ apis, ledger, parcels, random, sign }) {
    this.#apis = apis;
    this.#ledger = ledger;
    this.#parcels = parcels;
    this.#random = random;
    this.#sign = sign;
  }

  start(rate) {
    this.#pacer = new Pacer(rate, () => this.#order());
  }

  /** No new events; those under way are sent to their end. */
  async stop() {
    this.#pacer.stop();
    this.release();
    await Promise.all(this.#deliveries);
  }

  /** Sends nothing until `release`, and waits until nothing is under way. */
  async hold() {
    this.#held ??= Promise.withResolvers?.() ?? withResolvers();
    for (const end = Date.now() + 2 * ANSWER_WITHIN_MS; this.#posting > 0; await sleep(5))
      if (Date.now() > end) throw new Error('requests were under way without end');
  }

  release() {
    this.#held?.resolve();
    this.#held = undefined;
  }

  #order() {
    if (this.#held !== undefined) return;
    const event = this.#parcels.next();
    const first = this.#count++;
    this.#ledger.sending(event);
    this.#keep(this.#deliver(event, first));
    if (this.#random.chance(SENT_TWICE)) this.#keep(this.#repeat(event, first + 1));
  }

  #keep(delivery) {
    this.#deliveries.add(delivery);
    void delivery.finally(() => this.#deliveries.delete(delivery));
  }

  async #deliver(event, first) {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const { taken, retryAfterMs = 0 } = await this.#post(event, first + attempt);
      if (taken) return;
      await sleep(Math.min(LONGEST_PAUSE_MS, Math.max(PAUSE_MS, retryAfterMs)));
    }
  }

  async #repeat(event, index) {
    await sleep(this.#random.chance(0.5) ? 0 : this.#random.between(1, 1_500));
    await this.#post(event, index);
  }

  async #post(event, index) {
    while (this.#held !== undefined) await this.#held.promise;
    const api = this.#apis[index % this.#apis.length];
    const sentAt = performance.now();
    this.#posting += 1;
    const answer = await post(api, this.#sign(event)).finally(() => (this.#posting -= 1));
    const harmed = api.harmedSince(sentAt);
    const taken = this.#ledger.answered(event.key, answer, { from: api.name, sentAt, harmed });
    return { taken, retryAfterMs: answer.retryAfterMs };
  }
}

/** Node 20 has none of its own. */
function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve) => (parts.resolve = resolve));
  return parts;
}
