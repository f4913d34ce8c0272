import { together } from './together';

describe('together', () => {
  it('should let those who call in one turn share a run, and give each its own answer', async () => {
    const runs: (readonly number[])[] = [];
    const double = together((items: readonly number[]) => {
      runs.push(items);
      return Promise.resolve(items.map((item) => item * 2));
    });
    await expect(Promise.all([double(1), double(2), double(3)])).resolves.toEqual([2, 4, 6]);
    await expect(double(4)).resolves.toBe(8);
    expect(runs).toEqual([[1, 2, 3], [4]]);
  });

  it('should gather who calls while one is under way', async () => {
    const runs: number[] = [];
    let end = (): void => undefined;
    const hold = together(async (items: readonly number[]) => {
      runs.push(items.length);
      if (runs.length === 1) await new Promise<void>((resolve) => (end = resolve));
      return items;
    });
    const first = hold(1);
    while (runs.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const others = [hold(2), hold(3)];
    end();
    await expect(Promise.all([first, ...others])).resolves.toEqual([1, 2, 3]);
    expect(runs).toEqual([1, 2]);
  });

  it('should fail for all of a run that fails', async () => {
    const fail = together(() => Promise.reject(new Error('away')));
    await expect(Promise.allSettled([fail(1), fail(2)])).resolves.toMatchObject([
      { reason: { message: 'away' } },
      { reason: { message: 'away' } },
    ]);
  });
});
