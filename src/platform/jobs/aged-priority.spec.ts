import fc from 'fast-check';
import { agedPriority } from './aged-priority';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What one step of priority is worth, and how much nine of them are. */
const STEP = 20 * MINUTE;
const LONGEST_OVERTAKING = 3 * HOUR;

interface Waiting {
  readonly priority: number;
  readonly since: number;
}

/** BullMQ takes the smaller number, of equal ones the one that was added first. */
const isFirst = (one: Waiting, other: Waiting, addedBefore: boolean): boolean => {
  const turns = [one, other].map(({ priority, since }) => agedPriority(priority, since));
  const [turn = 0, otherTurn = 0] = turns;
  return turn < otherTurn || (turn === otherTurn && addedBefore);
};

const since = fc.integer({ min: Date.UTC(2026, 0, 2), max: Date.UTC(2065, 0, 1) });
const priority = fc.integer({ min: 1, max: 10 });
const [urgent, lessUrgent] = [fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })];

describe('agedPriority', () => {
  it('should be a number that BullMQ takes, above the priorities of old jobs, whatever the clock says', () => {
    fc.assert(
      fc.property(priority, fc.integer({ min: -8.64e15, max: 8.64e15 }), (number, time) => {
        const turn = agedPriority(number, time);
        expect(Number.isInteger(turn) && turn > 10 && turn <= 2 ** 21 - 1).toBe(true);
      }),
    );
  });

  it('should keep the order of coming within a priority', () => {
    fc.assert(
      fc.property(priority, since, fc.integer({ min: 0, max: 30 * 24 * HOUR }), (number, time, later) => {
        const first = { priority: number, since: time };
        expect(isFirst(first, { ...first, since: time + later }, true)).toBe(true);
      }),
    );
  });

  it('should put the more urgent one first where both began to wait within ten minutes', () => {
    const apart = fc.integer({ min: -10 * MINUTE, max: 10 * MINUTE });
    fc.assert(
      fc.property(urgent, lessUrgent, since, apart, (low, more, time, ms) => {
        const sooner = { priority: low, since: time + ms };
        const later = { priority: Math.min(low + more, 10), since: time };
        expect(isFirst(sooner, later, false)).toBe(true);
      }),
    );
  });

  it('should let it overtake what began to wait up to a step less ten minutes earlier for each number between', () => {
    fc.assert(
      fc.property(urgent, lessUrgent, since, fc.nat(), (low, more, time, part) => {
        const high = Math.min(low + more, 10);
        const earlier = part % ((high - low) * STEP - 10 * MINUTE);
        const overtaken = { priority: high, since: time - earlier };
        expect(isFirst({ priority: low, since: time }, overtaken, false)).toBe(true);
      }),
    );
  });

  it('should let nothing overtake that comes later than the bound says', () => {
    fc.assert(
      fc.property(priority, priority, since, fc.nat(), (waits, comes, time, more) => {
        const late = { priority: comes, since: time + LONGEST_OVERTAKING + more };
        expect(isFirst({ priority: waits, since: time }, late, true)).toBe(true);
      }),
    );
  });

  it('should be worth what the documents say', () => {
    const now = Date.UTC(2026, 10, 23, 12);
    const [delivered, ordinary, last] = [1, 5, 10].map((number) => ({ priority: number, since: now }));
    if (!delivered || !ordinary || !last) throw new Error('three jobs');
    expect(isFirst(delivered, { ...ordinary, since: now - 70 * MINUTE }, false)).toBe(true);
    expect(isFirst(delivered, { ...ordinary, since: now - 90 * MINUTE }, false)).toBe(false);
    expect(isFirst(delivered, { ...last, since: now - 170 * MINUTE }, false)).toBe(true);
    expect(isFirst(delivered, { ...last, since: now - 190 * MINUTE }, false)).toBe(false);
  });
});
