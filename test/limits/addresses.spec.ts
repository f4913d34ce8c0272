import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { type Answer, call } from '../support/http';
import { testDatabase } from '../support/test-database';
import { aBody, HmacPartner } from './hmac-partner';

const stores = testDatabase();
afterAll(() => stores.cleanup());

const times = (count: number, ask: () => Promise<Answer>): Promise<readonly Answer[]> =>
  Promise.all(Array.from({ length: count }, ask));
const statuses = (answers: readonly Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });

describe('the limit of an address', () => {
  const PER_MINUTE = 30;
  let gateway: GatewayProcess;
  let other: GatewayProcess;
  let partner: HmacPartner;

  beforeAll(async () => {
    const env = { RATE_LIMIT_PER_IP_PER_MINUTE: String(PER_MINUTE), TRUST_PROXY: '1' };
    gateway = await startGateway({ role: 'api', stores, env });
    other = await startGateway({ role: 'api', stores, env });
    partner = await new HmacPartner('addressed', [gateway]).make();
  });
  afterAll(() => Promise.all([gateway.kill(), other.kill()]));

  it('holds before the partner is known, also for who is none', async () => {
    const ask = (): Promise<Answer> =>
      call('POST', `${gateway.url}/v1/webhooks/nobody`, { headers: from('203.0.113.1'), json: {} });
    const { 404: unknown = 0, 429: limited = 0 } = statuses(await times(2 * PER_MINUTE, ask));
    expect(unknown).toBeGreaterThanOrEqual(PER_MINUTE);
    expect(unknown).toBeLessThanOrEqual(PER_MINUTE + 1);
    expect(limited).toBe(2 * PER_MINUTE - unknown);
  });

  it('counts the address that the trusted proxy saw, not the one that was claimed', async () => {
    let claimed = 0;
    const answers = await times(2 * PER_MINUTE, () =>
      partner.unsigned(gateway, from(`192.0.2.${(claimed += 1)}, 203.0.113.2`)),
    );
    expect(statuses(answers)[429]).toBeGreaterThan(PER_MINUTE / 2);
    expect((await partner.send(aBody(), { headers: from('203.0.113.3') })).status).toBe(202);
  });

  it('counts an IPv6 network of 64 bits as one', async () => {
    let host = 0;
    const answers = await times(2 * PER_MINUTE, () =>
      partner.unsigned(gateway, from(`2001:db8::${(host += 1).toString(16)}`)),
    );
    expect(statuses(answers)[429]).toBeGreaterThan(PER_MINUTE / 2);
    expect((await partner.send(aBody(), { headers: from('2001:db8:0:1::1') })).status).toBe(202);
  });

  it('is shared with another process', async () => {
    const headers = from('203.0.113.4');
    await times(2 * PER_MINUTE, () => partner.unsigned(gateway, headers));
    const answers = await times(PER_MINUTE, () => partner.unsigned(other, headers));
    expect(statuses(answers)[429]).toBeGreaterThan(PER_MINUTE / 2);
  });
});

describe('too many refused requests of one address', () => {
  const PER_MINUTE = 10;
  let gateway: GatewayProcess;
  let partner: HmacPartner;

  beforeAll(async () => {
    const env = { RATE_LIMIT_REFUSED_PER_IP_PER_MINUTE: String(PER_MINUTE), TRUST_PROXY: '1' };
    gateway = await startGateway({ role: 'api', stores, env });
    partner = await new HmacPartner('guessed', [gateway]).make();
  });
  afterAll(() => gateway.kill());

  const expectLimited = (answers: readonly Answer[], refused: number): void => {
    const { [refused]: plain = 0, 429: limited = 0 } = statuses(answers);
    // One more may have become due meanwhile.
    expect([PER_MINUTE, PER_MINUTE + 1]).toContain(plain);
    expect(limited).toBe(answers.length - plain);
  };

  it('are 429, and what would be accepted still is', async () => {
    const headers = from('198.51.100.1');
    expectLimited(await times(PER_MINUTE + 5, () => partner.unsigned(gateway, headers)), 401);
    expect(statuses(await times(10, () => partner.send(aBody(), { headers })))).toEqual({ 202: 10 });
    const refused = await partner.unsigned(gateway, headers);
    expect(refused.json).toMatchObject({ code: 'RATE_LIMITED' });
    expect(refused.headers['ratelimit-policy']).toBe('"refused";q=10;w=60');
  });

  it('count names of partners that are tried out', async () => {
    const init = { headers: from('198.51.100.2'), json: {} };
    const ask = (): Promise<Answer> => call('POST', `${gateway.url}/v1/webhooks/nobody`, init);
    expectLimited(await times(PER_MINUTE + 5, ask), 404);
  });

  it('count keys of the admin API that are tried out, but not who has one', async () => {
    const headers = from('198.51.100.3');
    const url = `${gateway.url}/v1/admin/partners`;
    const guess = (): Promise<Answer> => call('GET', url, { headers, bearer: 'a guess' });
    expectLimited(await times(PER_MINUTE + 5, guess), 401);
    const missing = (): Promise<Answer> => call('GET', `${url}/nobody`, { headers, bearer: ADMIN_API_KEY });
    expect(statuses(await times(PER_MINUTE + 5, missing))).toEqual({ 404: PER_MINUTE + 5 });
  });

  it('count addresses of routes that are tried out', async () => {
    const headers = from('198.51.100.4');
    const ask = (): Promise<Answer> => call('GET', `${gateway.url}/nothing`, { headers });
    expectLimited(await times(PER_MINUTE + 5, ask), 404);
  });
});
