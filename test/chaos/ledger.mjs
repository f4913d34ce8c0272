const MOST_SLOW = 20;

/** What was counted while one fault was under way, from its round's begin to that of the next. */
const newRound = (kind) => ({
  ...{ kind, sent: 0, acknowledged: 0, requests: 0, refused: 0, queueOnly: 0, journalOnly: 0 },
  ...{ longestMs: 0, longestHarmedMs: 0, recoverMs: null },
});

/**
 * The book kept outside the system: every event that was sent, with every answer that it got. What it says is owed;
 * nothing in it comes from the system's own stores.
 */
export class Ledger {
  /** By the event's key: `{ event, round, sentAt, tries, eventIds, answers, receipt }`. */
  entries = new Map();
  rounds = [];
  /** Answers that are wrong by themselves, whatever the stores hold. */
  problems = [];
  /** Answers of processes that were not harmed, the slowest first. */
  slowest = [];
  #round;
  /** By process: when the latest event was sent that it took, anew, into both stores. */
  #inFullSentAt = new Map();
  /** Acknowledged on the queue's word alone; by event id. */
  #unjournaled = new Set();

  begin(kind) {
    this.#round = newRound(kind);
    this.rounds.push(this.#round);
    return this.#round;
  }

  sending(event) {
    this.entries.set(event.key, {
      ...{ event, round: this.#round, sentAt: new Date(), tries: 0 },
      ...{ eventIds: new Set(), answers: [], receipt: undefined },
    });
    this.#round.sent += 1;
  }

  /** One answer, or that there was none. `harmed`: the process was killed, frozen or ended by us meanwhile. */
  answered(key, answer, { from, sentAt, harmed }) {
    const entry = this.entries.get(key);
    const { status, json, error, ms } = answer;
    entry.tries += 1;
    this.#round.requests += 1;
    const longest = harmed ? 'longestHarmedMs' : 'longestMs';
    this.#round[longest] = Math.max(this.#round[longest], ms);
    if (!harmed) this.#noteIfSlow({ key, from, ms, status: status ?? error });
    const isReceipt = status === 202 && json?.acknowledged === true;
    entry.answers.push({
      ...{ at: new Date().toISOString(), from, status: status ?? error, ms: Math.round(ms) },
      ...(isReceipt && { queued: json.queued, journaled: json.journaled, duplicate: json.duplicate }),
      ...(!isReceipt && json?.code !== undefined && { code: json.code }),
    });
    if (isReceipt) this.#acknowledged(entry, json, { from, sentAt });
    else this.#refused(key, answer);
    return isReceipt;
  }

  /** Since then, this process took a new event into both stores. */
  tookInFullSince(from, time) {
    return (this.#inFullSentAt.get(from) ?? -Infinity) >= time;
  }

  get unjournaled() {
    return [...this.#unjournaled];
  }

  foundInJournal(eventIds) {
    for (const eventId of eventIds) this.#unjournaled.delete(eventId);
  }

  #acknowledged(entry, { eventId, queued, journaled, duplicate }, { from, sentAt }) {
    if (entry.receipt === undefined) {
      // It counts where it was sent: some are answered only when the next round has begun.
      entry.round.acknowledged += 1;
      entry.receipt = { at: new Date(), eventId, queued, journaled };
      if (!journaled) entry.round.queueOnly += 1;
      if (!queued) entry.round.journalOnly += 1;
      if (!journaled) this.#unjournaled.add(eventId);
    }
    entry.eventIds.add(eventId);
    if (journaled) this.#unjournaled.delete(eventId);
    if (!queued && !journaled) this.problems.push(`${eventId} was acknowledged though no store has it`);
    if (queued && journaled && !duplicate)
      this.#inFullSentAt.set(from, Math.max(sentAt, this.#inFullSentAt.get(from) ?? 0));
  }

  #noteIfSlow(answer) {
    if (this.slowest.length === MOST_SLOW && answer.ms <= this.slowest.at(-1).ms) return;
    const at = new Date().toISOString();
    this.slowest.push({ ...answer, at, round: this.#round.kind });
    this.slowest.sort((a, b) => b.ms - a.ms);
    this.slowest.length = Math.min(MOST_SLOW, this.slowest.length);
  }

  /** A refusal for good would make a real sender give up: for a fault of ours that must not be. */
  #refused(key, { status, json }) {
    this.#round.refused += 1;
    if (status !== undefined && status !== 503)
      this.problems.push(`event ${key} was answered ${status} ${json?.code ?? ''}`);
  }
}
