import { RoutingSimulator } from '#sandbox/routing-simulator/routing-simulator';
import { DEFAULTS } from '#sandbox/routing-simulator/simulator-settings';
import { freePort } from '../support/free-port';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { testDatabase } from '../support/test-database';
import { demonstrate } from './demonstration';

/** A list that has these members, among others. */
const including = (...members: readonly unknown[]): unknown => expect.arrayContaining([...members]);
const a = (members: object): unknown => expect.objectContaining(members);

const documentOf = (stdout: string): unknown => JSON.parse(stdout);

describe('the demonstration', () => {
  const stores = testDatabase();
  let gateway: GatewayProcess;

  beforeAll(async () => {
    gateway = await startGateway({ role: 'both', stores });
  });
  afterAll(async () => {
    await gateway.kill();
    await stores.cleanup();
  });

  it('should show the whole way of an event as one JSON document and exit 0', async () => {
    const { code, stdout, stderr } = await demonstrate(gateway.url, ['--json']);

    expect(documentOf(stdout)).toMatchObject({
      ok: true,
      requests: including(
        a({ partner: 'easypost', status: 202, outcome: 'applied' }),
        a({ partner: 'shippo', status: 202, outcome: 'ignored' }),
        a({ partner: 'ups', status: 200, outcome: 'applied' }),
        a({ partner: 'default', status: 202, outcome: 'duplicate' }),
        a({ partner: 'easypost', status: 401, code: 'INVALID_SIGNATURE' }),
        a({ partner: 'shippo', status: 401, code: 'STALE_TIMESTAMP' }),
        a({ partner: 'delhivery', status: 202, outcome: 'replayed' }),
        a({ partner: 'shippo', status: 202, outcome: 'dead_lettered' }),
      ),
      events: { accepted: 15, duplicates: 3, refused: 4, applied: 13, deadLettered: 2, replayed: 1 },
      shipments: including(
        a({
          partnerId: 'delhivery',
          trackingNumber: '1234567890',
          status: 'delivered',
          timeline: [a({ status: 'out_for_delivery', late: true }), a({ status: 'delivered', late: false })],
        }),
      ),
      differences: [],
    });
    expect(stderr).toContain('demo: dead letters, one of them repaired');
    expect(code).toBe(0);
  });

  it('should be as right a second time on the same data, in plain text where it is piped', async () => {
    const { code, stdout } = await demonstrate(gateway.url, []);

    expect(stdout).toContain('Everything is as it has to be.');
    expect(stdout).toMatch(/401 STALE_TIMESTAMP +refused, nothing kept/);
    expect(stdout).not.toMatch(/\u001b|[│┌]/u);
    expect(code).toBe(0);
  });

  it('should exit 1 and say what differs when something is not as expected', async () => {
    const env = { SIGNING_SECRET: 'not the one that the gateway has' };
    const { code, stdout, stderr } = await demonstrate(gateway.url, ['--json'], env);

    const refused = 'default, "info_received": status of the answer: expected 202, saw 401';
    expect(documentOf(stdout)).toMatchObject({
      ok: false,
      events: { replayed: 1 },
      differences: including(
        refused,
        expect.stringMatching(/^shipment default DEMO-\w+: expected delivered, there is no such shipment$/),
      ),
    });
    expect(stderr).toContain(refused);
    expect(code).toBe(1);
  });

  it('should exit 1 with the reason when the admin key is not accepted', async () => {
    const env = { ADMIN_API_KEY: 'a key that nobody gave out, long enough' };
    const { code, stdout } = await demonstrate(gateway.url, ['--json'], env);

    expect(documentOf(stdout)).toMatchObject({
      ok: false,
      requests: [],
      differences: [expect.stringContaining('answered with 401 UNAUTHORIZED')],
    });
    expect(code).toBe(1);
  });

  it('should exit 1 and name the address where no gateway answers', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, stderr } = await demonstrate(url, []);

    expect(stderr).toContain(`demo: POST ${url}/v1/admin/partners: no answer`);
    expect(code).toBe(1);
  });

  it('should exit 2 and name what is missing when it is started without its variables', async () => {
    const { code, stderr } = await demonstrate('', [], { ADMIN_API_KEY: '', SIGNING_SECRET: '' });

    expect(stderr).toContain('set GATEWAY_URL, ADMIN_API_KEY, SIGNING_SECRET');
    expect(code).toBe(2);
  });
});

describe('the demonstration with a routing service', () => {
  const stores = testDatabase();
  let simulator: RoutingSimulator;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    simulator = await RoutingSimulator.start(DEFAULTS);
    gateway = await startGateway({ role: 'both', stores, env: { ROUTING_URL: simulator.url } });
  });
  afterAll(async () => {
    await gateway.kill();
    await simulator.close();
    await stores.cleanup();
  });

  it('should show what was decided about each parcel, asked as the description says', async () => {
    const { code, stdout } = await demonstrate(gateway.url, ['--json']);
    const routing = a({ decision: a({ nextHub: expect.stringMatching(/^HUB-/) as string }) });

    expect(documentOf(stdout)).toMatchObject({
      ok: true,
      shipments: Array.from({ length: 7 }, () => a({ routing })),
    });
    expect(code).toBe(0);
    expect(simulator.readStats()).toMatchObject({ inFlight: 0, outcomes: { invalid: 0 } });
    expect(simulator.readStats().calls).toBeGreaterThanOrEqual(7);
  });
});
