import { setImmediate as allThatIsDue } from 'node:timers/promises';
import fc from 'fast-check';
import { Slots, type Wish } from './slots';

const never = new AbortController().signal;

/** Of equal turns; the later call is the later one. */
let nth = 0;
const wish = (limit: number, wanted: number, turn = 0): Wish => ({
  limit,
  wanted,
  rank: { turn, nth: (nth += 1) },
});

describe('slots', () => {
  it('should give as many as are free, and let wait who finds none', async () => {
    const slots = new Slots(10);
    expect(await slots.take('a', wish(4, 100), never)).toBe(4);
    const next = slots.take('a', wish(4, 2), never);
    slots.release('a');
    expect(await next).toBe(1);
  });

  it('should let nobody wait behind another partner that has no slot of its own left', async () => {
    const slots = new Slots(10);
    await slots.take('a', wish(2, 2), never);
    void slots.take('a', wish(2, 2), never);
    expect(await slots.take('b', wish(2, 1), never)).toBe(1);
  });

  it('should give what a partner gets to the first of its own, by turn and then by number', async () => {
    const slots = new Slots(1);
    await slots.take('a', wish(5, 1), never);
    const served: string[] = [];
    const first = wish(5, 1, 3);
    const wishes = { second: wish(5, 1, 3), first, urgent: wish(5, 1, 1) };
    for (const [name, one] of Object.entries(wishes))
      void slots.take('a', one, never).then(() => served.push(name));
    for (let done = 0; done < 3; done += 1) {
      slots.release('a');
      await allThatIsDue();
    }
    expect(served).toEqual(['urgent', 'first', 'second']);
  });

  it('should serve partners in turn', async () => {
    const slots = new Slots(1);
    await slots.take('a', wish(5, 1), never);
    const served: string[] = [];
    const waiting = ['b', 'c', 'b'].map((id) =>
      slots.take(id, wish(5, 1), never).then(() => served.push(id)),
    );
    for (let i = 0; i < 3; i += 1) {
      slots.release(i === 0 ? 'a' : (served[i - 1] ?? ''));
      await waiting[i];
    }
    expect(served).toEqual(['b', 'c', 'b']);
  });

  it('should take nothing in passing while others wait', async () => {
    const slots = new Slots(2);
    await slots.take('a', wish(1, 1), never);
    expect(slots.takeFree('b', 5, 5)).toBe(1);
    void slots.take('a', wish(1, 1), never);
    slots.release('b');
    expect(slots.takeFree('b', 5, 5)).toBe(0);
  });

  it('should forget who gave up waiting', async () => {
    const slots = new Slots(1);
    await slots.take('a', wish(1, 1), never);
    const stop = new AbortController();
    const given = slots.take('b', wish(1, 1), stop.signal);
    stop.abort();
    await expect(given).rejects.toThrow('nobody waits');
    slots.release('a');
    expect(slots.takeFree('c', 1, 1)).toBe(1);
    await expect(slots.take('b', wish(1, 1), stop.signal)).rejects.toThrow();
  });

  it('should never give more than there are, nor lose one', async () => {
    const step = fc.record({
      partner: fc.constantFrom('a', 'b', 'c'),
      wanted: fc.integer({ min: 1, max: 6 }),
      gives: fc.boolean(),
    });
    const limits: Readonly<Record<string, number>> = { a: 1, b: 3, c: 10 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        async (steps, total) => {
          const slots = new Slots(total);
          const held = new Map<string, number>();
          const of = (partner: string): number => held.get(partner) ?? 0;
          const keep = (partner: string) => (given: number) => void held.set(partner, of(partner) + given);
          for (const { partner, wanted, gives } of steps) {
            if (gives && of(partner) > 0) {
              held.set(partner, of(partner) - 1);
              slots.release(partner);
            } else {
              void slots.take(partner, wish(limits[partner] ?? 1, wanted), never).then(keep(partner));
            }
            await Promise.resolve();
            await Promise.resolve();
            for (const id of held.keys()) expect(of(id)).toBeLessThanOrEqual(limits[id] ?? 1);
            expect([...held.values()].reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(total);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
