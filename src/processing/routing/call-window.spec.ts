import { CallWindow } from './call-window';

describe('the calls of the last ten seconds', () => {
  let now: number;
  let window: CallWindow;
  const note = (partnerId: string, failed: boolean, times: number): void => {
    for (let nth = 0; nth < times; nth += 1) window.note(partnerId, failed);
  };
  beforeEach(() => {
    now = 1_000_000;
    window = new CallWindow(() => now);
  });

  it('should tell an outage when most of at least ten failed', () => {
    note('a', true, 9);
    expect(window.tellsOutage()).toBe(false);
    note('a', true, 1);
    expect(window.tellsOutage()).toBe(true);
    note('a', false, 10);
    expect(window.tellsOutage()).toBe(false);
    note('a', true, 1);
    expect(window.tellsOutage()).toBe(true);
  });

  it('should tell none for what fails for one partner of several, however often', () => {
    note('a', true, 500);
    note('b', false, 2);
    expect(window.tellsOutage()).toBe(false);
    note('c', true, 2);
    expect(window.tellsOutage()).toBe(true);
  });

  it('should tell one where each of many partners had a single call', () => {
    for (let nth = 0; nth < 10; nth += 1) note(`partner-${nth}`, true, 1);
    expect(window.tellsOutage()).toBe(true);
  });

  it('should forget what is older', () => {
    note('a', true, 10);
    now += 9_000;
    note('b', true, 1);
    expect(window.tellsOutage()).toBe(true);
    now += 1_000;
    expect(window.tellsOutage()).toBe(false);
    note('b', true, 9);
    expect(window.tellsOutage()).toBe(true);
    window.clear();
    expect(window.tellsOutage()).toBe(false);
  });
});
