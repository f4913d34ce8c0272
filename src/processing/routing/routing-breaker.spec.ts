import { setMaxListeners } from 'node:events';
import { Logger } from '@nestjs/common';
import { type BreakerState } from '#platform/resilience/breaker';
import { type Passage, REST_MS, RoutingBreaker } from './routing-breaker';
import { type RoutingAnswer } from './routing-service';

const UP: RoutingAnswer = { kind: 'nothing' };
const unavailable = (service: 'up' | 'down' | 'unknown'): RoutingAnswer => ({
  kind: 'unavailable',
  message: 'no answer',
  service,
});
const never = new AbortController().signal;
setMaxListeners(0, never);

describe('the breaker of the routing service', () => {
  let states: BreakerState[];
  let breaker: RoutingBreaker;
  beforeAll(() => void Logger.overrideLogger(false));
  beforeEach(() => {
    jest.useFakeTimers();
    states = [];
    breaker = new RoutingBreaker((state) => states.push(state));
  });
  afterEach(() => {
    breaker.onApplicationShutdown();
    jest.useRealTimers();
  });

  const hear = async (partnerId: string, answer: RoutingAnswer, times = 1): Promise<void> => {
    for (let nth = 0; nth < times; nth += 1) await breaker.run(partnerId, () => Promise.resolve(answer));
  };
  const goAway = (): Promise<void> => hear('a', unavailable('down'), 10);
  /** Each of these finds the service away. */
  const hearFromProbes = async (...partners: readonly string[]): Promise<void> => {
    for (const partnerId of partners) {
      const passage = breaker.passage(partnerId, never);
      await jest.advanceTimersByTimeAsync(REST_MS);
      await passage;
      await hear(partnerId, unavailable('down'));
      breaker.probeEnded();
    }
  };
  /** Who has passed, in this order. */
  const passing = (...partners: readonly string[]): string[] => {
    const passed: string[] = [];
    for (const partnerId of partners)
      void breaker
        .passage(partnerId, never)
        .then((passage: Passage) => passed.push(`${partnerId} ${passage}`));
    return passed;
  };

  it('should leave the service alone once it is away, and go on when a probe was answered', async () => {
    await goAway();
    expect(await breaker.run('a', () => Promise.resolve(UP))).toEqual({ asked: false });
    const passed = passing('a', 'a');
    await jest.advanceTimersByTimeAsync(REST_MS);
    expect(passed).toEqual(['a probe']);
    await hear('a', UP);
    breaker.probeEnded();
    await jest.advanceTimersByTimeAsync(0);
    expect(passed).toEqual(['a probe', 'a free']);
    expect(states).toEqual(['closed', 'open', 'half_open', 'closed']);
    expect(await breaker.passage('b', never)).toBe('free');
  });

  it('should ask for partners in turn whether it is back', async () => {
    await goAway();
    await hearFromProbes('a', 'b');
    const passed = passing('a', 'a', 'a', 'b');
    for (let nth = 0; nth < 3; nth += 1) {
      await jest.advanceTimersByTimeAsync(REST_MS);
      await hear('a', unavailable('down'));
      breaker.probeEnded();
    }
    expect(passed).toEqual(['a probe', 'b probe', 'a probe']);
  });

  it('should let a partner that has not asked yet find out at once, and go on if it is only others that fail', async () => {
    await goAway();
    const passed = passing('a', 'b', 'c');
    await jest.advanceTimersByTimeAsync(0);
    expect(passed).toEqual(['b probe']);
    await hear('b', UP);
    breaker.probeEnded();
    await jest.advanceTimersByTimeAsync(0);
    expect(passed).toEqual(['b probe', 'a free', 'c free']);
    await hear('a', unavailable('down'), 100);
    expect(states.at(-1)).toBe('closed');
    await jest.advanceTimersByTimeAsync(2 * REST_MS);
    expect(states.at(-1)).toBe('closed');
  });

  it('should let the next one find out where a probe told nothing', async () => {
    await goAway();
    await hearFromProbes('b');
    const passed = passing('a', 'b');
    await jest.advanceTimersByTimeAsync(REST_MS);
    await hear('a', unavailable('unknown'));
    breaker.probeEnded();
    await jest.advanceTimersByTimeAsync(0);
    expect(passed).toEqual(['a probe', 'b probe']);
    expect(states.at(-1)).toBe('half_open');
  });

  it('should leave it alone also while events pass that do not need it', async () => {
    await goAway();
    const passed = passing('a', 'b', 'b');
    await jest.advanceTimersByTimeAsync(0);
    breaker.probeEnded();
    await jest.advanceTimersByTimeAsync(0);
    breaker.probeEnded();
    await jest.advanceTimersByTimeAsync(0);
    expect(passed).toEqual(['b probe', 'b probe']);
    expect(states.at(-1)).toBe('open');
    await jest.advanceTimersByTimeAsync(REST_MS);
    expect(passed).toEqual(['b probe', 'b probe', 'a probe']);
  });

  it('should not count calls that had too little time, nor those that are put off', async () => {
    await hear('a', unavailable('unknown'), 100);
    await hear('a', unavailable('up'), 100);
    await hear('b', UP);
    expect(states).toEqual(['closed']);
  });

  it('should forget who gave up waiting', async () => {
    await goAway();
    await hearFromProbes('b');
    const stop = new AbortController();
    const given = breaker.passage('a', stop.signal);
    const passed = passing('b');
    stop.abort();
    await expect(given).rejects.toThrow('nobody waits');
    await jest.advanceTimersByTimeAsync(REST_MS);
    expect(passed).toEqual(['b probe']);
    await expect(breaker.passage('a', stop.signal)).rejects.toThrow();
  });
});
