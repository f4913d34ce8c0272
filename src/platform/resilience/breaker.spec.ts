import { Logger } from '@nestjs/common';
import { Breaker, type BreakerState, OpenBreakerError } from './breaker';

type Away = 'no' | 'failing' | 'hanging';

class Outage extends Error {}

/** A store that can be away, behind a breaker. */
function store() {
  const states: BreakerState[] = [];
  const asked = { probes: 0, calls: 0 };
  let away: Away = 'no';
  const answer = (): Promise<string> => {
    if (away === 'hanging') return new Promise(() => undefined);
    return away === 'no' ? Promise.resolve('done') : Promise.reject(new Outage('away'));
  };
  const breaker = new Breaker({
    name: 'store',
    isOutage: (error) => error instanceof Outage,
    onState: (state) => states.push(state),
    probe: () => {
      asked.probes += 1;
      return answer();
    },
  });
  const call = () =>
    breaker.run(() => {
      asked.calls += 1;
      return answer();
    });
  return { breaker, states, asked, call, set: (now: Away): void => void (away = now) };
}

describe('the breaker around a store', () => {
  beforeAll(() => void Logger.overrideLogger(false));
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('hands on what the store says', async () => {
    const { breaker, call, states } = store();
    await expect(call()).resolves.toBe('done');
    await expect(breaker.run(() => Promise.reject(new Error('our own fault')))).rejects.toThrow(
      'our own fault',
    );
    expect(breaker.isOpen).toBe(false);
    expect(states).toEqual(['closed']);
  });

  it('opens with the first outage: nobody else waits for the store', async () => {
    const { breaker, call, set, asked, states } = store();
    for (let n = 0; n < 50; n += 1) await call();
    set('failing');
    await expect(call()).rejects.toThrow(Outage);
    await expect(call()).rejects.toThrow(OpenBreakerError);
    expect(breaker.isOpen).toBe(true);
    expect(asked.calls).toBe(51);
    expect(states).toEqual(['closed', 'open']);
  });

  it.each(['failing', 'hanging'] as const)(
    'asks by itself, one probe at a time, while it is %s',
    async (how) => {
      const { call, set, asked, breaker } = store();
      set('failing');
      await call().catch(() => undefined);
      set(how);
      await jest.advanceTimersByTimeAsync(10_000);
      expect(asked.probes).toBeGreaterThan(3);
      expect(asked.probes).toBeLessThan(21);
      expect(asked.calls).toBe(1);
      expect(breaker.isOpen).toBe(true);
    },
  );

  it('closes with the first answer to a probe, and says so', async () => {
    const { call, set, states, breaker } = store();
    set('failing');
    await call().catch(() => undefined);
    set('no');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(breaker.isOpen).toBe(false);
    expect(states).toEqual(['closed', 'open', 'half_open', 'closed']);
    await expect(call()).resolves.toBe('done');
  });

  it('leaves no timer behind', async () => {
    const { call, set, breaker } = store();
    set('failing');
    await call().catch(() => undefined);
    breaker.shutdown();
    expect(jest.getTimerCount()).toBe(0);
  });
});
