import { type Db } from 'mongodb';
import { aCanonicalEvent, type CanonicalEvent } from '../builders/a-canonical-event';
import { type GatewayProcess } from '../support/gateway-process';
import { type Answer } from '../support/http';
import { send } from '../support/sender';
import { until } from '../support/until';

export interface SentEvent {
  readonly event: CanonicalEvent;
  readonly answer: Answer;
  /** From the first byte sent to the last one read. */
  readonly tookMs: number;
}

/** Sends `count` events at the same time. */
export const sendTogether = (gateway: Pick<GatewayProcess, 'url'>, count: number): Promise<SentEvent[]> =>
  Promise.all(Array.from({ length: count }, () => sendOne(gateway)));

async function sendOne(gateway: Pick<GatewayProcess, 'url'>): Promise<SentEvent> {
  const event = aCanonicalEvent();
  const startedAt = performance.now();
  const answer = await send(gateway, event);
  return { event, answer, tookMs: performance.now() - startedAt };
}

interface Entry {
  readonly status: string;
  readonly attempts: number;
  readonly crashes: number;
  readonly jobId?: string;
  readonly dueAt?: Date;
}

interface Expected {
  readonly attempts?: number;
  /** True where a worker ended while it held some of them. */
  readonly mayCrash?: boolean;
}

/** Waits until they are all done, and holds that each was applied once, at its first attempt unless told so. */
export async function expectAppliedOnce(
  db: Db,
  sent: readonly Pick<SentEvent, 'event'>[],
  { attempts: expected = 1, mayCrash = false }: Expected = {},
): Promise<void> {
  const journal = db.collection<Entry>('inbound_events');
  const keys = sent.map(({ event }) => event.idempotencyKey);
  const processed = { dedupeKey: { $in: keys }, status: 'processed' };
  const allDone = async (): Promise<true> => {
    const done = await journal.countDocuments(processed);
    if (done === keys.length) return true;
    const other = await journal.findOne({ dedupeKey: { $in: keys }, status: { $ne: 'processed' } });
    throw new Error(`${done} of ${keys.length}; one that is not: ${told(other)}`);
  };
  await until(allDone, { what: 'every event to be applied', timeoutMs: 60_000 });
  const entries = await journal.find(processed).toArray();
  expect(entries.filter(({ attempts }) => attempts !== expected)).toEqual([]);
  if (!mayCrash) expect(entries.filter(({ crashes }) => crashes > 0)).toEqual([]);
  const numbers = sent.map(({ event }) => event.payload.trackingNumber);
  const history = await db
    .collection('shipment_events')
    .find({ trackingNumber: { $in: numbers } })
    .toArray();
  expect(history.map(({ trackingNumber }) => String(trackingNumber)).sort()).toEqual(numbers.sort());
  expect(await db.collection('dead_letter_events').countDocuments()).toBe(0);
}

const told = (entry: Entry | null): string => {
  if (entry === null) return 'not in the journal';
  const { status, attempts, crashes, jobId, dueAt } = entry;
  return JSON.stringify({ status, attempts, crashes, jobId, dueAt, now: new Date() });
};
