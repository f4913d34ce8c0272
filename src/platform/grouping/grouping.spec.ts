import fc from 'fast-check';
import { Grouping, GroupingRefusedError, type Outcome } from './grouping';

interface Group {
  readonly items: readonly string[];
  readonly finish: (outcomes: readonly Outcome<string>[]) => void;
  readonly fail: (error: Error) => void;
}

const LIMITS = {
  sizeOf: (item: string): number => item.length,
  maxItems: 3,
  maxSize: 100,
  maxInFlight: 2,
  minItemsBeside: 1,
  maxWaitingItems: 1_000,
  maxWaitingSize: 100_000,
};

const echo = (items: readonly string[]): Outcome<string>[] => items.map((value) => ({ ok: true, value }));

/** Groups end when the test says so. */
function controlled(over: Partial<typeof LIMITS> = {}) {
  const groups: Group[] = [];
  const grouping = new Grouping<string, string>({
    ...LIMITS,
    ...over,
    run: (items) => new Promise((resolve, reject) => groups.push({ items, finish: resolve, fail: reject })),
  });
  return { grouping, groups };
}

/** One turn of the event loop, after which everything that can start has started. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

const settled = async (promises: Promise<string>[]): Promise<string[]> =>
  (await Promise.allSettled(promises)).map((one) =>
    one.status === 'fulfilled' ? one.value : one.reason instanceof Error ? one.reason.message : 'rejected',
  );

describe('Grouping', () => {
  it('should start a lone item without waiting for others', async () => {
    const { grouping, groups } = controlled();
    const one = grouping.add('a');
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([['a']]);
    groups[0]?.finish(echo(['a']));
    await expect(one).resolves.toBe('a');
  });

  it('should let what arrives in one turn share a group, in the order of arrival', async () => {
    const { grouping, groups } = controlled({ maxItems: 10 });
    void grouping.add('a');
    void grouping.add('b');
    void grouping.add('c');
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([['a', 'b', 'c']]);
  });

  it('should have no more groups under way than allowed, and gather what arrives meanwhile', async () => {
    const { grouping, groups } = controlled({ maxItems: 10 });
    void grouping.add('a');
    await turn();
    void grouping.add('b');
    await turn();
    for (const item of ['c', 'd', 'e']) void grouping.add(item);
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([['a'], ['b']]);
    groups[1]?.finish(echo(['b']));
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
  });

  it('should start another beside one under way only when enough wait for it', async () => {
    const { grouping, groups } = controlled({ maxItems: 10, minItemsBeside: 3 });
    void grouping.add('a');
    await turn();
    void grouping.add('b');
    void grouping.add('c');
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([['a']]);
    void grouping.add('d');
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('should start another beside one under way when as many bytes wait as a group may have', async () => {
    const { grouping, groups } = controlled({ maxItems: 10, minItemsBeside: 3, maxSize: 10 });
    void grouping.add('a');
    await turn();
    void grouping.add('x'.repeat(10));
    await turn();
    expect(groups).toHaveLength(2);
  });

  it('should not let a slow group hold back the others', async () => {
    const { grouping, groups } = controlled({ maxItems: 1 });
    const slow = grouping.add('slow');
    const others = ['a', 'b', 'c'].map((item) => grouping.add(item));
    for (let next = 1; next <= 3; next += 1) {
      await turn();
      const group = groups[next];
      group?.finish(echo(group.items));
    }
    await expect(settled(others)).resolves.toEqual(['a', 'b', 'c']);
    groups[0]?.finish(echo(['slow']));
    await expect(slow).resolves.toBe('slow');
  });

  it('should give every item its own outcome when a group fails in parts', async () => {
    const { grouping, groups } = controlled();
    const promises = ['a', 'b', 'c'].map((item) => grouping.add(item));
    await turn();
    groups[0]?.finish([
      { ok: true, value: 'A' },
      { ok: false, error: new Error('not b') },
      { ok: true, value: 'C' },
    ]);
    await expect(settled(promises)).resolves.toEqual(['A', 'not b', 'C']);
  });

  it('should fail all items of a group that rejects, and no others', async () => {
    const { grouping, groups } = controlled({ maxItems: 2 });
    const promises = ['a', 'b', 'c'].map((item) => grouping.add(item));
    await turn();
    groups[0]?.fail(new Error('store away'));
    groups[1]?.finish(echo(['c']));
    await expect(settled(promises)).resolves.toEqual(['store away', 'store away', 'c']);
  });

  it('should reject an item that the group forgot', async () => {
    const { grouping, groups } = controlled();
    const promises = ['a', 'b'].map((item) => grouping.add(item));
    await turn();
    groups[0]?.finish(echo(['a']));
    await expect(settled(promises)).resolves.toEqual(['a', 'the group gave no outcome for this item']);
  });

  it('should bound a group by bytes, and let an item above the bound go alone', async () => {
    const { grouping, groups } = controlled({ maxItems: 10, maxSize: 10, maxInFlight: 10 });
    for (const item of ['xxxx', 'yyyy', 'zzzz', 'a'.repeat(50), 'b']) void grouping.add(item);
    await turn();
    expect(groups.map(({ items }) => items.map(({ length }) => length))).toEqual([[4, 4], [4], [50], [1]]);
  });

  it('should refuse what would wait beyond the bounds, and take it again when there is room', async () => {
    const { grouping, groups } = controlled({ maxItems: 1, maxInFlight: 1, maxWaitingItems: 2 });
    const running = grouping.add('running');
    await turn();
    const waiting = ['a', 'b'].map((item) => grouping.add(item));
    await expect(grouping.add('c')).rejects.toThrow(new GroupingRefusedError('full'));
    groups[0]?.finish(echo(['running']));
    await turn();
    await expect(running).resolves.toBe('running');
    const later = grouping.add('d');
    for (let next = 1; next <= 3; next += 1) {
      const group = groups[next];
      group?.finish(echo(group.items));
      await turn();
    }
    await expect(settled([...waiting, later])).resolves.toEqual(['a', 'b', 'd']);
  });

  it('should bound what waits by bytes', async () => {
    const { grouping } = controlled({ maxInFlight: 1, maxItems: 1, maxWaitingSize: 10 });
    void grouping.add('running');
    await turn();
    void grouping.add('x'.repeat(8));
    await expect(grouping.add('yyyy')).rejects.toThrow(GroupingRefusedError);
  });

  it('should finish everything it took when it is closed while full, and take nothing more', async () => {
    const { grouping, groups } = controlled({ maxItems: 1, maxInFlight: 1 });
    const promises = ['a', 'b', 'c'].map((item) => grouping.add(item));
    await turn();
    let closed = false;
    const closing = grouping.close().then(() => void (closed = true));
    await expect(grouping.add('late')).rejects.toThrow(new GroupingRefusedError('closed'));
    for (let next = 0; next < 3; next += 1) {
      expect(closed).toBe(false);
      const group = groups[next];
      group?.finish(echo(group.items));
      await turn();
    }
    await closing;
    await expect(settled(promises)).resolves.toEqual(['a', 'b', 'c']);
  });

  it('should close at once when nothing is under way', async () => {
    await expect(controlled().grouping.close()).resolves.toBeUndefined();
  });

  it('should answer every item exactly once, with its own value, whatever comes when', async () => {
    const plan = fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 60 }), turns: fc.integer({ min: 0, max: 2 }) }),
      {
        maxLength: 40,
      },
    );
    const upTo = (max: number) => fc.integer({ min: 1, max });
    await fc.assert(
      fc.asyncProperty(plan, upTo(4), upTo(5), async (arrivals, maxInFlight, minItemsBeside) => {
        let inFlight = 0;
        let most = 0;
        const seen: string[] = [];
        const grouping = new Grouping<string, string>({
          ...LIMITS,
          maxInFlight,
          minItemsBeside,
          run: async (items) => {
            inFlight += 1;
            most = Math.max(most, inFlight);
            seen.push(...items);
            await turn();
            inFlight -= 1;
            return echo(items);
          },
        });
        const promises: Promise<string>[] = [];
        const sent: string[] = [];
        for (const [index, { size, turns }] of arrivals.entries()) {
          const item = `${index}:`.padEnd(size, 'x');
          sent.push(item);
          promises.push(grouping.add(item));
          for (let wait = 0; wait < turns; wait += 1) await turn();
        }
        expect(await Promise.all(promises)).toEqual(sent);
        expect(seen).toEqual(sent);
        expect(most).toBeLessThanOrEqual(maxInFlight);
      }),
      { numRuns: 60 },
    );
  });
});
