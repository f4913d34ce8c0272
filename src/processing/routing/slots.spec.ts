import fc from 'fast-check';
import { Slots } from './slots';

const never = new AbortController().signal;

describe('slots', () => {
  it('should give as many as are free, and let wait who finds none', async () => {
    const slots = new Slots(10);
    expect(await slots.take('a', 4, 100, never)).toBe(4);
    const next = slots.take('a', 4, 2, never);
    slots.release('a');
    expect(await next).toBe(1);
  });

  it('should let nobody wait behind another partner that has no slot of its own left', async () => {
    const slots = new Slots(10);
    await slots.take('a', 2, 2, never);
    void slots.take('a', 2, 2, never);
    expect(await slots.take('b', 2, 1, never)).toBe(1);
  });

  it('should serve who waited longest first', async () => {
    const slots = new Slots(1);
    await slots.take('a', 5, 1, never);
    const served: string[] = [];
    const waiting = ['b', 'c', 'b'].map((id) => slots.take(id, 5, 1, never).then(() => served.push(id)));
    for (let i = 0; i < 3; i += 1) {
      slots.release(i === 0 ? 'a' : (served[i - 1] ?? ''));
      await waiting[i];
    }
    expect(served).toEqual(['b', 'c', 'b']);
  });

  it('should take nothing in passing while others wait', async () => {
    const slots = new Slots(2);
    await slots.take('a', 1, 1, never);
    expect(slots.takeFree('b', 5, 5)).toBe(1);
    void slots.take('a', 1, 1, never);
    slots.release('b');
    expect(slots.takeFree('b', 5, 5)).toBe(0);
  });

  it('should forget who gave up waiting', async () => {
    const slots = new Slots(1);
    await slots.take('a', 1, 1, never);
    const stop = new AbortController();
    const given = slots.take('b', 1, 1, stop.signal);
    stop.abort();
    await expect(given).rejects.toThrow('nobody waits');
    slots.release('a');
    expect(slots.takeFree('c', 1, 1)).toBe(1);
    await expect(slots.take('b', 1, 1, stop.signal)).rejects.toThrow();
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
              void slots.take(partner, limits[partner] ?? 1, wanted, never).then(keep(partner));
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
