import { groupBy } from './group-by';

describe('groupBy', () => {
  it('puts those of one key together and keeps their order', () => {
    const words = ['bee', 'ant', 'bear', 'cat', 'ape'];
    expect([...groupBy(words, (word) => word[0])]).toEqual([
      ['b', ['bee', 'bear']],
      ['a', ['ant', 'ape']],
      ['c', ['cat']],
    ]);
  });

  it('makes no groups of nothing', () => {
    expect(groupBy([], String).size).toBe(0);
  });
});
