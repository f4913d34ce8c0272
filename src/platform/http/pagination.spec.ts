import { ProblemError } from './problem';
import { decodeCursor, encodeCursor, PageQuery, toPage } from './pagination';
import { DtoPipe } from './validation';

const refusal = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error instanceof ProblemError ? error.extra.errors : error;
  }
};

describe('the limit of a list', () => {
  const read = (query: object) => new DtoPipe().transform(query, { type: 'query', metatype: PageQuery });

  it.each([
    [{}, 50],
    [{ limit: '1' }, 1],
    [{ limit: '200' }, 200],
  ])('%j is %j', async (query, limit) => {
    await expect(read(query)).resolves.toMatchObject({ limit });
  });

  it.each(['0', '201', '-1', '1.5', 'ten', '', ['1', '2'], '9999999999'])('refuses %j', async (limit) => {
    const errors = [{ path: '/limit', message: 'must be a whole number from 1 to 200' }];
    await expect(read({ limit })).rejects.toMatchObject({ extra: { errors } });
  });
});

describe('cursor', () => {
  const read = (position: unknown) => (typeof position === 'string' ? position : undefined);

  it('comes back as it went', () => expect(decodeCursor(encodeCursor('evt_1'), read)).toBe('evt_1'));

  it.each(['', 'no cursor', encodeCursor(7)])('refuses %j', (cursor) => {
    expect(refusal(() => decodeCursor(cursor, read))).toMatchObject([{ path: '/cursor' }]);
  });
});

describe('toPage', () => {
  it('has a cursor only where there is more', () => {
    expect(toPage([1, 2, 3], 2, String)).toEqual({ items: [1, 2], nextCursor: encodeCursor('2') });
    expect(toPage([1, 2], 2, String)).toEqual({ items: [1, 2], nextCursor: null });
    expect(toPage([], 2, String)).toEqual({ items: [], nextCursor: null });
  });
});
