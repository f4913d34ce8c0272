import fc from 'fast-check';
import { chunksOf } from './chunks';

const chunks = (
  items: readonly string[],
  maxItems: number,
  maxSize: number,
): readonly (readonly string[])[] => [
  ...chunksOf(items, { maxItems, maxSize, sizeOf: (item) => item.length }),
];

describe('chunksOf', () => {
  it('should bound a chunk by its items and by their sizes', () => {
    expect(chunks(['a', 'b', 'c', 'dddd', 'ee'], 2, 4)).toEqual([['a', 'b'], ['c'], ['dddd'], ['ee']]);
  });

  it('should let an item above the limit go alone', () => {
    expect(chunks(['a', 'b'.repeat(9), 'c'], 10, 4)).toEqual([['a'], ['b'.repeat(9)], ['c']]);
  });

  it('should leave nothing out, keep the order and make no chunk larger than it must be', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 9 })), fc.integer({ min: 1, max: 5 }), (items, most) => {
        const made = chunks(items, most, 12);
        expect(made.flat()).toEqual(items);
        for (const chunk of made) {
          expect(chunk.length).toBeGreaterThan(0);
          expect(chunk.length).toBeLessThanOrEqual(most);
          expect(chunk.join('').length).toBeLessThanOrEqual(12);
        }
      }),
    );
  });
});
