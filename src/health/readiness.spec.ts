import type { HealthProbe, ProbeKind } from './health-probe';
import type { StoresNeeded } from './health-report';
import { Readiness } from './readiness';

/** A dependency that is up, away, or hangs. */
class FakeProbe implements HealthProbe {
  asked = 0;
  state: 'up' | 'down' | 'failing' | 'hanging' = 'up';

  constructor(
    readonly name: string,
    readonly kind: ProbeKind,
  ) {}

  check(): Promise<boolean> {
    this.asked += 1;
    if (this.state === 'hanging') return new Promise(() => undefined);
    if (this.state === 'failing') return Promise.reject(new Error('the reason is nobody’s business'));
    return Promise.resolve(this.state === 'up');
  }
}

function process(storesNeeded: StoresNeeded, cacheMs = 0, timeoutMs = 20) {
  const mongo = new FakeProbe('mongo', 'store');
  const redis = new FakeProbe('redis', 'store');
  const partners = new FakeProbe('partners', 'required');
  const readiness = new Readiness([mongo, redis, partners], storesNeeded, { cacheMs, timeoutMs });
  return { mongo, redis, partners, readiness };
}

describe('Readiness', () => {
  it('is ok with everything there', async () => {
    expect(await process('any').readiness.report()).toEqual({
      status: 'ok',
      checks: { mongo: 'up', redis: 'up', partners: 'up' },
    });
  });

  it('lets an intake go on with one store', async () => {
    const { mongo, redis, readiness } = process('any');
    redis.state = 'failing';
    expect(await readiness.report()).toMatchObject({ status: 'degraded', checks: { redis: 'down' } });
    mongo.state = 'down';
    expect(await readiness.report()).toMatchObject({ status: 'error' });
  });

  it('needs both stores in a worker', async () => {
    const { mongo, readiness } = process('all');
    mongo.state = 'hanging';
    expect(await readiness.report()).toEqual({
      status: 'error',
      checks: { mongo: 'down', redis: 'up', partners: 'up' },
    });
  });

  it('needs the partners in every role', async () => {
    const { partners, readiness } = process('any');
    partners.state = 'down';
    expect(await readiness.report()).toMatchObject({ status: 'error', checks: { partners: 'down' } });
  });

  it('is not ready once shutdown has begun', async () => {
    const { readiness } = process('any');
    readiness.beginShutdown();
    expect(await readiness.report()).toMatchObject({ status: 'error', checks: { mongo: 'up' } });
  });

  it('asks once, however many ask', async () => {
    const { mongo, readiness } = process('any', 60_000);
    await Promise.all(Array.from({ length: 50 }, () => readiness.report()));
    await readiness.report();
    expect(mongo.asked).toBe(1);
  });

  it('does not pile up on a store that hangs, and sees it come back', async () => {
    const { mongo, readiness } = process('any', 0, 5);
    mongo.state = 'hanging';
    await Promise.all(Array.from({ length: 50 }, () => readiness.report()));
    expect(mongo.asked).toBe(1);
    mongo.state = 'up';
    // The question that hangs is given up after a while; until then the answer is "down".
    let status = 'degraded';
    while (status !== 'ok') {
      await new Promise(setImmediate);
      ({ status } = await readiness.report());
    }
    expect(mongo.asked).toBe(2);
  });
});
