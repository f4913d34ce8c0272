import { Recent } from './recent';

describe('what was used last', () => {
  it('stays, within the bound, however many others come by', () => {
    let made = 0;
    const recent = new Recent(100, (key) => ({ key, number: (made += 1) }));
    const used = recent.of('used');
    for (let other = 0; other < 10_000; other += 1) {
      recent.of(`other-${other}`);
      if (other % 20 === 0) expect(recent.of('used')).toBe(used);
      expect(recent.size).toBeLessThanOrEqual(100);
    }
  });

  it('is made anew after it was forgotten', () => {
    const recent = new Recent(10, (key) => ({ key }));
    const first = recent.of('first');
    for (let other = 0; other < 20; other += 1) recent.of(`other-${other}`);
    expect(recent.of('first')).not.toBe(first);
  });
});
