import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { type Answer, call } from '../support/http';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { nordpostBatch, nordpostDocument, nordpostHeaders } from './nordpost';

const PATH = '/v1/webhooks/nordpost';

describe('a partner that nobody has seen before', () => {
  const stores = testDatabase();
  let gateway: GatewayProcess;
  beforeAll(async () => {
    gateway = await startGateway({ role: 'both', stores });
  });
  afterAll(async () => {
    await gateway.kill();
    await stores.cleanup();
  });

  const admin = (method: string, path: string, json?: unknown): Promise<Answer> =>
    call(method, `${gateway.url}/v1/admin${path}`, {
      bearer: ADMIN_API_KEY,
      ...(json !== undefined && { json }),
    });
  const deliver = (body: string, signed = body): Promise<Answer> =>
    call('POST', `${gateway.url}${PATH}`, { headers: nordpostHeaders(PATH, signed, new Date()), body });
  const shipment = (trackingNumber: string) =>
    until(
      async () => {
        const { status, json } = await admin('GET', `/shipments/nordpost/${trackingNumber}`);
        return status === 200 && json;
      },
      { what: `the shipment ${trackingNumber}` },
    );

  it('should be taken on by one document, from nothing to applied events', async () => {
    expect((await admin('POST', '/partners', nordpostDocument())).status).toBe(201);
    const known = await until(
      async () => {
        const answer = await deliver(nordpostBatch());
        return answer.status !== 404 && answer;
      },
      { what: 'the partner to be known' },
    );
    expect(known.status).toBe(202);
    expect(await shipment('NP100')).toMatchObject({ status: 'delivered' });
    expect(await shipment('NP200')).toMatchObject({ status: 'delivery_failed' });
  });

  it('should be refused when anything that was signed is changed', async () => {
    const other = nordpostBatch().replace('NP200', 'NP201');
    expect((await deliver(other, nordpostBatch())).status).toBe(401);
  });

  it('should lose its event to a dead letter where its mapping loops, while others go on', async () => {
    const mapping = {
      event: null,
      each: null,
      where: null,
      events: '($f := function($n) { $f($n + 1) }; $f(0))',
    };
    const current = await admin('GET', '/partners/nordpost');
    const etag = String(current.headers['etag']);
    const changed = await call('PATCH', `${gateway.url}/v1/admin/partners/nordpost`, {
      bearer: ADMIN_API_KEY,
      headers: { 'content-type': 'application/merge-patch+json', 'if-match': etag },
      body: JSON.stringify({ mapping }),
    });
    expect(changed.status).toBe(200);
    const letter = await until(
      async () => {
        const body = nordpostBatch().replace('B-2026-0001', `B-${Date.now()}`);
        await deliver(body);
        const { json } = await admin('GET', '/dead-letters?partnerId=nordpost');
        const text = JSON.stringify(json);
        return text.includes('10000 steps') && text;
      },
      { what: 'a dead letter of the mapping' },
    );
    expect(letter).toContain('MAPPING_FAILED');
    expect((await call('GET', `${gateway.url}/health/ready`)).status).toBe(200);
  });
});
