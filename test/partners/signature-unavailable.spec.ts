import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { testDatabase } from '../support/test-database';

/** Nobody answers there, and the guard of outbound calls would not let us ask. */
const UNREACHABLE = 'https://127.0.0.1:1/jwks';

describe('a partner whose sender publishes its keys', () => {
  const stores = testDatabase();
  let gateway: GatewayProcess;

  beforeAll(async () => {
    gateway = await startGateway({ role: 'api', stores });
    const json = {
      id: 'publisher',
      signature: { type: 'rsa', from: { header: 'x-signature' }, key: { jwks: UNREACHABLE } },
    };
    const made = await call('POST', `${gateway.url}/v1/admin/partners`, { bearer: ADMIN_API_KEY, json });
    expect(made.status).toBe(201);
  });
  afterAll(async () => {
    await gateway.kill();
    await stores.cleanup();
  });

  const send = (headers: Record<string, string>) =>
    call('POST', `${gateway.url}/v1/webhooks/publisher`, {
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });

  it('should be asked to send again while the keys are out of reach, never be turned away', async () => {
    const answer = await send({ 'x-signature': 'AAAA' });
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ code: 'INTAKE_UNAVAILABLE' });
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  });

  it('should be turned away without a signature', async () => {
    expect((await send({})).status).toBe(401);
  });
});
