import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { type Answer, call } from '../support/http';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { aBody, HmacPartner } from './hmac-partner';

const STATUSES = { taken: 202, limited: 429 };

describe('limits over two processes', () => {
  const stores = testDatabase();
  let gateways: GatewayProcess[];

  beforeAll(async () => {
    gateways = await Promise.all([0, 1].map(() => startGateway({ role: 'api', stores })));
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.kill()));
    await stores.cleanup();
  });

  const partner = (id: string, over: object): Promise<HmacPartner> =>
    new HmacPartner(id, gateways).make(over);
  const flood = (sender: HmacPartner, requests: number): Promise<readonly Answer[]> =>
    Promise.all(
      Array.from({ length: requests }, (_, at) => sender.send(aBody(), { gateway: gateways[at % 2] })),
    );
  const count = (answers: readonly Answer[], status: number): number =>
    answers.filter((answer) => answer.status === status).length;

  it("lets a partner's burst in once, whichever process it came to, and others as ever", async () => {
    const small = await partner('small', { limits: { perSecond: 1, burst: 10 } });
    const large = await partner('large', {});
    const startedAt = performance.now();
    const [floods, beside] = await Promise.all([flood(small, 60), flood(large, 20)]);
    const refilled = Math.ceil((performance.now() - startedAt) / 1000);
    const taken = count(floods, STATUSES.taken);
    expect(taken).toBeGreaterThanOrEqual(10);
    expect(taken).toBeLessThanOrEqual(10 + refilled);
    expect(count(floods, STATUSES.limited)).toBe(60 - taken);
    expect(count(beside, STATUSES.taken)).toBe(20);
  });

  it('says how long to wait, in standard headers, and takes the next one after that', async () => {
    const sender = await partner('patient', { limits: { perSecond: 2, burst: 2 } });
    const refused = (await flood(sender, 10)).find(({ status }) => status === STATUSES.limited);
    expect(refused?.json).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect(refused?.headers).toMatchObject({
      'retry-after': '1',
      'ratelimit-policy': '"partner";q=2;w=1',
      ratelimit: '"partner";r=0;t=1',
    });
    const again = async () => (await sender.send(aBody())).status === STATUSES.taken;
    await until(again, { what: 'the next token', everyMs: 100 });
  });

  it('lets in at once what two seconds may bring, where the partner says no more than its rate', async () => {
    const sender = await partner('brief', { limits: { perSecond: 3 } });
    const refused = (await flood(sender, 30)).find(({ status }) => status === STATUSES.limited);
    expect(refused?.headers).toMatchObject({ 'ratelimit-policy': '"partner";q=6;w=2' });
  });

  it('takes nothing from a partner for who cannot sign', async () => {
    const sender = await partner('guarded', { limits: { perSecond: 0.1, burst: 3 } });
    const strangers = await Promise.all(Array.from({ length: 20 }, () => sender.unsigned()));
    expect(count(strangers, 401)).toBe(20);
    expect(count(await flood(sender, 3), STATUSES.taken)).toBe(3);
  });

  it('is lifted in every process when the partner is changed', async () => {
    const sender = await partner('changed', { limits: { perSecond: 0.1, burst: 1 } });
    expect(count(await flood(sender, 6), STATUSES.taken)).toBe(1);
    const changed = await call('PATCH', `${gateways[0]?.url}/v1/admin/partners/changed`, {
      bearer: ADMIN_API_KEY,
      json: { limits: { perSecond: 0 } },
    });
    expect(changed.status).toBe(200);
    const free = async () => count(await flood(sender, 6), STATUSES.taken) === 6;
    await until(free, { what: 'the limit to be gone' });
  });
});
