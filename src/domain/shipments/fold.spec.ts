import fc from 'fast-check';
import { advance, foldHistory, NO_STATE, type ShipmentState } from './fold';
import { type ShipmentEvent } from './shipment-event';
import { SHIPMENT_STATUSES } from './shipment-status';

const AT = Date.parse('2026-01-01T00:00:00Z');

const anEvent = (over: Partial<ShipmentEvent> & { minute?: number } = {}): ShipmentEvent => {
  const { minute = 0, ...rest } = over;
  const orderedAt = new Date(AT + minute * 60_000);
  return {
    partnerId: 'acme',
    trackingNumber: 'T1',
    eventKey: `key-${minute}-${rest.status ?? 'none'}`,
    eventId: 'evt_1',
    status: 'in_transit',
    partnerStatus: 'IT',
    occurredAt: orderedAt,
    occurredAtSource: 'partner',
    orderedAt,
    correction: false,
    ...rest,
  };
};

/** What the worker does: fold on where possible, else fold the whole history. */
function applyInTurn(events: readonly ShipmentEvent[]): ShipmentState {
  const history = new Map<string, ShipmentEvent>();
  let state = NO_STATE;
  for (const event of events) {
    if (!history.has(event.eventKey)) history.set(event.eventKey, event);
    state = advance(state, event) ?? foldHistory([...history.values()]);
  }
  return state;
}

const statusOf = (...events: ShipmentEvent[]) => applyInTurn(events).status;

describe('the fold of a shipment', () => {
  it('should follow the order in which things happened, not the order of arrival', () => {
    const late = anEvent({ minute: 1, status: 'picked_up' });
    const newer = anEvent({ minute: 5, status: 'out_for_delivery' });
    expect(statusOf(newer, late)).toBe('out_for_delivery');
  });

  it('should take the higher status as the later one in the same moment', () => {
    const moment = { minute: 3 };
    const low = anEvent({ ...moment, status: 'picked_up' });
    const high = anEvent({ ...moment, status: 'in_transit' });
    expect([statusOf(low, high), statusOf(high, low)]).toEqual(['in_transit', 'in_transit']);
  });

  it('should leave a terminal state only for a later return or an explicit correction', () => {
    const delivered = anEvent({ minute: 5, status: 'delivered' });
    expect(statusOf(delivered, anEvent({ minute: 9, status: 'in_transit' }))).toBe('delivered');
    expect(statusOf(delivered, anEvent({ minute: 9, status: 'returned' }))).toBe('returned');
    expect(statusOf(delivered, anEvent({ minute: 9, status: 'exception', correction: true }))).toBe(
      'exception',
    );
    expect(statusOf(delivered, anEvent({ minute: 9, status: 'cancelled' }))).toBe('delivered');
    expect(statusOf(delivered, anEvent({ minute: 1, status: 'exception', correction: true }))).toBe(
      'delivered',
    );
  });

  it('should let unknown be the state only of a shipment that has none', () => {
    const unknown = anEvent({ minute: 5, status: 'unknown' });
    expect(statusOf(unknown)).toBe('unknown');
    expect(statusOf(anEvent({ minute: 1 }), unknown)).toBe('in_transit');
    expect(statusOf(unknown, anEvent({ minute: 1 }))).toBe('in_transit');
  });

  it('should not be changed by an event without a status', () => {
    const silent = anEvent({ minute: 9, status: null });
    expect(statusOf(silent)).toBeNull();
    expect(statusOf(anEvent({ minute: 1 }), silent)).toBe('in_transit');
  });

  it('should keep the newest order id that was named, also by an event that is not the state', () => {
    const named = anEvent({ minute: 1, status: 'picked_up', orderId: 'O-1' });
    const state = applyInTurn([anEvent({ minute: 5 }), named]);
    expect([state.status, state.orderId?.value]).toEqual(['in_transit', 'O-1']);
  });

  const history = fc.uniqueArray(
    fc.record({
      minute: fc.integer({ min: 0, max: 6 }),
      status: fc.constantFrom(null, ...SHIPMENT_STATUSES),
      correction: fc.boolean(),
      orderId: fc.option(fc.constantFrom('O-1', 'O-2'), { nil: undefined }),
      key: fc.integer({ min: 0, max: 50 }),
    }),
    { maxLength: 8, selector: ({ key }) => key },
  );

  it('should give the same shipment for any order of arrival and any repetition', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(), { minLength: 16, maxLength: 16 }), (drafts, random) => {
        const events = drafts.map(({ key, orderId, ...rest }) =>
          anEvent({ ...rest, ...(orderId === undefined ? {} : { orderId }), eventKey: `key-${key}` }),
        );
        const arrived = [...events, ...events]
          .map((event, index) => ({ event, at: random[index] ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ event }) => event);
        expect(applyInTurn(arrived)).toEqual(foldHistory(events));
      }),
      { numRuns: 5_000 },
    );
  });

  it('should give the same shipment however its events are split over processes that work at the same time', () => {
    const schedule = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 4 }), schedule, (drafts, processes, turns) => {
        const events = drafts.map(({ key, orderId, ...rest }) =>
          anEvent({ ...rest, ...(orderId === undefined ? {} : { orderId }), eventKey: `key-${key}` }),
        );
        const store: Store = { history: new Map(), state: NO_STATE, version: 0 };
        // Each event goes to one process, and now and then to a second one, too.
        const workers = Array.from({ length: processes }, (_, n) =>
          workOn(
            store,
            events.filter((__, at) => at % processes === n || (turns[at] ?? 0) % processes === n),
          ),
        );
        runInTurns(workers, turns);
        expect(store.state).toEqual(foldHistory(events));
      }),
      { numRuns: 5_000 },
    );
  });
});

interface Store {
  readonly history: Map<string, ShipmentEvent>;
  state: ShipmentState;
  version: number;
}

/** A process that applies its events, interrupted wherever another one may come between. */
function* workOn(store: Store, events: readonly ShipmentEvent[]): Generator<void> {
  for (const event of events) {
    if (!store.history.has(event.eventKey)) store.history.set(event.eventKey, event);
    yield;
    for (let saved = false; !saved;) {
      const { state, version } = store;
      yield;
      const advanced = advance(state, event);
      const next = advanced ?? foldHistory([...store.history.values()]);
      yield;
      const writes = advanced === undefined || next !== state;
      saved = !writes || store.version === version;
      if (saved && writes) Object.assign(store, { state: next, version: version + 1 });
    }
  }
}

/** Lets one worker take one step at a time; whoever is left when the turns are over goes on by itself. */
function runInTurns(workers: readonly Generator<void>[], turns: readonly number[]): void {
  for (const turn of turns) workers[turn % workers.length]?.next();
  for (const worker of workers) while (worker.next().done !== true);
}
