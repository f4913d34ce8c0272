import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { DEAD_LETTERS } from '#domain/dead-letters/dead-letters.schema';
import { EventReviewRepository } from '#domain/events/event-review.repository';
import { EVENT_STATUSES } from '#domain/events/inbound-event';
import { INBOUND_EVENTS, newEntryDocument } from '#domain/events/inbound-events.schema';
import { foldHistory } from '#domain/shipments/fold';
import { RANKED_STATUSES } from '#domain/shipments/shipment-status';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { SHIPMENTS } from '#domain/shipments/shipments.schema';
import { type Database } from '#platform/mongo/database';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { anInboundEvent } from '../builders/an-inbound-event';
import { migratedDatabase } from '../support/migrated-database';

const MANY = 1_000;
const PAGE = 20;
const numbers = Array.from({ length: MANY }, (_, n) => n);
const at = (n: number): Date => new Date(Date.UTC(2025, 5, 1) + n * 1_000);
const partnerOf = (n: number): string => `p${n % 4}`;

/** What the server read to answer what `ask` asks, by its own account. */
async function costOf(database: Database, ask: () => Promise<readonly unknown[]>) {
  const { handle } = database;
  await handle.command({ profile: 2 });
  const found = await ask();
  await handle.command({ profile: 0 });
  const notes = await handle
    .collection<{ docsExamined?: number; planSummary?: string; ns: string }>('system.profile')
    .find({ op: { $in: ['query', 'command'] }, docsExamined: { $exists: true } })
    .toArray();
  await handle.dropCollection('system.profile');
  return {
    found: found.length,
    examined: notes.reduce((sum, { docsExamined = 0 }) => sum + docsExamined, 0),
    plans: notes.map(({ planSummary = '' }) => planSummary).join('; '),
  };
}

describe('what a page of a list costs', () => {
  let database: Database;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ database, close } = await migratedDatabase([INBOUND_EVENTS, DEAD_LETTERS, SHIPMENTS]));
    const events = numbers.map((n) => anInboundEvent({ partnerId: partnerOf(n), receivedAt: at(n) }));
    await database.collection(INBOUND_EVENTS).insertMany(
      events.map((event, n) => {
        const { dueAt, ...entry } = newEntryDocument(event, 'b-1');
        // Nearly all are finished, as in any journal.
        if (n % 50 === 0 && dueAt !== undefined) return { ...entry, dueAt };
        return { ...entry, status: EVENT_STATUSES[n % 3 === 0 ? 4 : 3] ?? 'processed' };
      }),
    );
    const letters = new DeadLetterRepository(database, { dlqTtlDays: 90 });
    await letters.keep(
      events.map(({ body, contentType, ...event }, n) => ({
        ...event,
        payload: { body, contentType },
        run: 0,
        attemptHistory: [],
        message: 'failed',
        reasonCode: n % 2 === 0 ? 'INTERNAL' : 'MAPPING_FAILED',
      })),
    );
    await database.collection(DEAD_LETTERS).updateMany({}, [{ $set: { createdAt: '$receivedAt' } }]);
    const shipments = numbers.map((n) => {
      const key = { partnerId: partnerOf(n), trackingNumber: `T${n}` };
      const status = RANKED_STATUSES[n % RANKED_STATUSES.length] ?? null;
      const event = aShipmentEvent({ ...key, status, ...(n % 3 === 0 && { orderId: `O-${n}` }) });
      return { key, from: 0, createdAt: at(n), updatedAt: at(n), state: foldHistory([event]) };
    });
    await new ShipmentRepository(database).save(shipments);
  });
  afterAll(() => close());

  const expectCheap = ({ found, examined, plans }: Awaited<ReturnType<typeof costOf>>, bound: number) => {
    expect(plans).not.toContain('COLLSCAN');
    expect(found).toBeGreaterThan(0);
    expect({ plans, examined: examined <= bound ? bound : examined }).toEqual({ plans, examined: bound });
  };

  it.each([
    ['all', {}, 2 * PAGE],
    ['of a partner', { partnerId: 'p1' }, 2 * PAGE],
    ['of a partner in a time', { partnerId: 'p1', from: at(100), to: at(800) }, 2 * PAGE],
    ['unfinished', { status: 'received' }, 6 * PAGE],
  ] as const)('events: %s', async (_, query, bound) => {
    const repository = new EventReviewRepository(database);
    expectCheap(await costOf(database, () => repository.list(query, PAGE)), bound);
  });

  it.each([
    ['all', {}, 2 * PAGE],
    ['in one state', { reviewStatus: 'pending' }, 2 * PAGE],
    ['of a partner for a reason', { partnerId: 'p2', reasonCode: 'INTERNAL' }, 2 * PAGE],
    ['of a partner', { partnerId: 'p2' }, 6 * PAGE],
    ['from a time', { from: at(0) }, 2 * PAGE],
  ] as const)('dead letters: %s', async (_, query, bound) => {
    const repository = new DeadLetterListRepository(database);
    expectCheap(await costOf(database, () => repository.list(query, PAGE)), bound);
  });

  it.each([
    ['all', {}, 2 * PAGE],
    ['in one state', { status: 'delivered' }, 2 * PAGE],
    ['of a partner: at most all of it', { partnerId: 'p3' }, MANY / 4],
    ['by number', { trackingNumber: 'T7' }, 2],
    ['by order', { orderId: 'O-9' }, 2],
  ] as const)('shipments: %s', async (_, query, bound) => {
    const repository = new ShipmentRepository(database);
    expectCheap(await costOf(database, () => repository.list(query, PAGE)), bound);
  });

  it('a page deep in a list costs no more than the first', async () => {
    const id = 'zzz';
    const deep = MANY / 2;
    const events = new EventReviewRepository(database);
    const letters = new DeadLetterListRepository(database);
    const shipments = new ShipmentRepository(database);

    const ofEvents = (query: object) => () => events.list(query, PAGE, { at: at(deep), id });
    expectCheap(await costOf(database, ofEvents({})), 3 * PAGE);
    expectCheap(await costOf(database, ofEvents({ partnerId: 'p1', from: at(0) })), 2 * PAGE);
    const ofLetters = () => letters.list({}, PAGE, { at: at(deep), id });
    expectCheap(await costOf(database, ofLetters), 3 * PAGE);
    const ofShipments = () => shipments.list({}, PAGE, { at: at(deep), id });
    expectCheap(await costOf(database, ofShipments), 3 * PAGE);
  });
});
