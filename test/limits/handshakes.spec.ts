import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { HmacPartner } from './hmac-partner';

describe('a handshake', () => {
  const stores = testDatabase();
  let gateway: GatewayProcess;

  beforeAll(async () => {
    gateway = await startGateway({ role: 'api', stores });
    const make = (id: string, over: object): Promise<unknown> => new HmacPartner(id, [gateway]).make(over);
    await Promise.all([
      make('echoes', { handshake: { method: 'GET', echo: 'challenge', status: 201 } }),
      make('greets', { handshake: { method: 'GET' } }),
      make('silent', {}),
      make('elsewhere', { handshake: {}, allowIps: ['203.0.113.0/24'] }),
      make('asleep', { handshake: {}, enabled: false }),
    ]);
  });
  afterAll(async () => {
    await gateway.kill();
    await stores.cleanup();
  });

  const get = (path: string) => call('GET', `${gateway.url}/v1/webhooks/${path}`);

  it('gives back what was sent, as a text that no browser takes for a page', async () => {
    const answer = await get('echoes?challenge=%3Cscript%3Ealert(1)%3C/script%3E&x=1');
    expect([answer.status, answer.text]).toEqual([201, '<script>alert(1)</script>']);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('without anything to give back is a plain answer', async () => {
    const answer = await get('greets?challenge=x');
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  it.each(['echoes', 'echoes?challenge=1&challenge=2', `echoes?challenge=${'x'.repeat(1_025)}`])(
    'gives nothing back that is missing, doubled or endless: %.40s',
    async (path) => {
      const answer = await get(path);
      expect([answer.status, answer.json]).toMatchObject([400, { code: 'BAD_REQUEST' }]);
      expect(answer.text).not.toContain('xxx');
    },
  );

  it.each(['silent', 'nobody'])('is 405 where there is none: %s', async (path) => {
    const answer = await get(`${path}?challenge=x`);
    expect([answer.status, answer.json]).toMatchObject([405, { code: 'METHOD_NOT_ALLOWED' }]);
    expect(answer.headers['allow']).toBe('POST');
  });

  it('is for addresses of the list, and for partners that are not switched off', async () => {
    expect((await get('elsewhere')).json).toMatchObject({ status: 403, code: 'IP_NOT_ALLOWED' });
    expect((await get('asleep')).json).toMatchObject({ status: 403, code: 'PARTNER_DISABLED' });
  });

  it('is 503 where the rules of the partner cannot be used now', async () => {
    const reference = { secrets: [{ value: 'env:HANDSHAKE_SECRET' }], handshake: {} };
    const env = { HANDSHAKE_SECRET: 'known to this process alone' };
    const knowing = await startGateway({ role: 'api', stores, env });
    try {
      await new HmacPartner('half-known', [knowing]).make(reference);
      expect((await call('GET', `${knowing.url}/v1/webhooks/half-known`)).status).toBe(200);
    } finally {
      await knowing.kill();
    }
    await until(async () => (await get('half-known')).status === 503, {
      what: 'the partner to be broken here',
    });
    const answer = await get('half-known');
    expect(answer.json).toMatchObject({ code: 'INTAKE_UNAVAILABLE' });
    expect(answer.headers['retry-after']).toBeDefined();
  });

  it('is no HEAD', async () => {
    expect((await call('HEAD', `${gateway.url}/v1/webhooks/greets`)).status).toBe(405);
  });
});
