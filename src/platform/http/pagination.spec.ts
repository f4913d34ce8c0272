import { ProblemError } from './problem';
import { decodeCursor, encodeCursor, parseLimit, toPage } from './pagination';

const refusal = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error instanceof ProblemError ? error.extra.errors : error;
  }
};

describe('parseLimit', () => {
  it.each([
    [undefined, 50],
    ['1', 1],
    ['200', 200],
  ])('%j is %j', (value, limit) => expect(parseLimit(value)).toBe(limit));

  it.each(['0', '201', '-1', '1.5', 'ten', '', ['1', '2'], '9999999999'])('refuses %j', (value) => {
    expect(refusal(() => parseLimit(value))).toEqual([
      { path: '/limit', message: 'must be a whole number from 1 to 200' },
    ]);
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
