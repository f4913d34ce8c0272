import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { type Answer, call } from '../support/http';
import { send } from '../support/sender';
import { aCanonicalEvent } from '../builders/a-canonical-event';
import { testDatabase, type TestDatabase } from '../support/test-database';
import { until } from '../support/until';
import { aPartner, CANARY } from './a-partner';

const EVERYWHERE_MS = 2_000;

const admin = (gateway: GatewayProcess, method: string, path: string, json?: unknown): Promise<Answer> =>
  call(method, `${gateway.url}/v1/admin${path}`, {
    bearer: ADMIN_API_KEY,
    ...(json !== undefined && { json }),
  });

const sendSigned = (gateway: GatewayProcess, secret: string, id: string = randomUUID(), partner = 'acme') => {
  const body = JSON.stringify({ id, parcel: `P-${id}`, state: 'MOVING', when: '2026-01-01T00:00:00Z' });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-acme-signature': signature };
  return call('POST', `${gateway.url}/v1/webhooks/${partner}`, { headers, body });
};

describe('partners in several processes', () => {
  let stores: TestDatabase;
  let directory: string;

  beforeEach(async () => {
    stores = testDatabase();
    directory = await mkdtemp(join(tmpdir(), 'live-partners-'));
  });
  const started: GatewayProcess[] = [];
  const start = async (role: 'api' | 'worker', env: Record<string, string> = {}) => {
    const gateway = await startGateway({ role, stores, env });
    started.push(gateway);
    return gateway;
  };
  afterEach(async () => {
    await Promise.all(started.splice(0).map((gateway) => gateway.kill()));
    await stores.cleanup();
    await rm(directory, { recursive: true });
  });

  it('are changed through one and followed by the other, and no request sees two versions', async () => {
    // It asks with wrong signatures all the time.
    const unlimited = { RATE_LIMIT_REFUSED_PER_IP_PER_MINUTE: '0' };
    const [here, there] = await Promise.all([start('api', unlimited), start('api', unlimited)]);
    const versions = Array.from({ length: 8 }, (_, index) => ({
      secret: `secret-${index}`,
      body: `v${index}`,
    }));
    const documentOf = ({ secret, body }: { secret: string; body: string }) =>
      aPartner('acme', { ack: { body }, secrets: [{ id: 's1', value: secret }] });
    const [first, ...others] = versions;
    if (first === undefined) throw new Error('a version was expected');
    expect((await admin(here, 'POST', '/partners', documentOf(first))).status).toBe(201);

    const taken = new Map<string, string>();
    const refused = new Set<number>();
    const probe = async (version: { secret: string; body: string }): Promise<boolean> => {
      const { status, text } = await sendSigned(there, version.secret);
      // One version signs the request and answers it, or another one refuses it: never half of each.
      if (status === 202) taken.set(version.body, text);
      else refused.add(status);
      return status === 202;
    };
    const within2s = (version: { secret: string; body: string }) =>
      until(
        async () => {
          const answers = await Promise.all(versions.map((other) => probe(other)));
          return answers[versions.indexOf(version)];
        },
        { what: `version ${version.body} in the other process`, timeoutMs: EVERYWHERE_MS, everyMs: 20 },
      );
    await within2s(first);
    for (const version of others) {
      expect((await admin(here, 'PUT', '/partners/acme', documentOf(version))).status).toBe(200);
      await within2s(version);
    }
    expect([...taken]).toEqual(versions.map(({ body }) => [body, body]));
    expect([...refused].filter((status) => status !== 401 && status !== 404)).toEqual([]);
  });

  it('that are paused keep their events, in every worker and after restarts; the others go on', async () => {
    const [api, worker] = await Promise.all([start('api'), start('worker')]);
    await admin(api, 'POST', '/partners', aPartner('acme'));
    await until(async () => (await sendSigned(api, CANARY)).status === 202, { what: 'acme to be known' });
    const queue = async () => {
      const { json, text } = await admin(api, 'GET', '/queues');
      return { json, acme: /\{"partnerId":"acme".*?"oldestEventAt":"[^"]+"\}/.exec(text)?.[0] ?? '' };
    };
    await until(async () => (await queue()).acme === '', { what: 'what was sent to be done' });
    expect(await admin(api, 'POST', '/queues/acme/pause')).toMatchObject({ status: 200 });
    // The worker knows of the pause when it says so itself; a restarted one reads it before it takes anything.
    await worker.stop();
    await Promise.all([start('worker'), start('worker')]);
    const held = await sendSigned(api, CANARY);
    expect(held.status).toBe(202);
    const [, heldId = ''] = /"eventId":"(evt_[a-z2-7]+)"/.exec(held.text) ?? [];

    const marker = aCanonicalEvent();
    expect((await send(api, marker)).status).toBe(202);
    await until(
      async () =>
        (await admin(api, 'GET', `/shipments/default/${marker.payload.trackingNumber}`)).status === 200,
      { what: "another partner's event to be applied" },
    );
    expect((await admin(api, 'GET', `/events/${heldId}`)).json).toMatchObject({
      status: 'received',
      attempts: 0,
      crashes: 0,
    });
    expect((await queue()).acme).toContain('"paused":true');
    expect((await admin(api, 'DELETE', '/partners/acme')).status).toBe(409);

    await admin(api, 'POST', '/queues/acme/resume');
    await until(
      async () => /"status":"processed"/.test((await admin(api, 'GET', `/events/${heldId}`)).text),
      { what: 'the held event to be applied' },
    );
  });

  it('whose secrets no key opens, or whose file is faulty, are told at boot; all others are served', async () => {
    const first = await start('api', { ACME_SECRET: CANARY });
    await admin(first, 'POST', '/partners', aPartner('acme'));
    const byReference = { secrets: [{ value: 'env:ACME_SECRET' }] };
    expect((await admin(first, 'POST', '/partners', aPartner('other', byReference))).status).toBe(201);
    const wrong = `wrong:${randomBytes(32).toString('base64')}`;
    await writeFile(join(directory, 'filed.yaml'), stringify(aPartner('filed', byReference)));
    await writeFile(join(directory, 'faulty.yaml'), stringify(aPartner('faulty', { more: 1 })));
    const second = await start('api', {
      ACME_SECRET: CANARY,
      ENCRYPTION_KEYS: wrong,
      PARTNERS_DIR: directory,
    });
    expect(await sendSigned(second, CANARY)).toMatchObject({
      status: 503,
      json: { code: 'INTAKE_UNAVAILABLE' },
    });
    for (const partner of ['other', 'filed'])
      expect((await sendSigned(second, CANARY, 'one', partner)).status).toBe(202);
    expect(second.logs.filter((line) => line.includes('faulty.yaml'))).toEqual([
      expect.stringMatching(/"level":"error".*"path":"\/more"/),
    ]);
    const told = second.logs.filter((line) => line.includes('cannot be served'));
    expect(told).toEqual([expect.stringMatching(/"partnerId":"acme".*\\"test\\".*not in ENCRYPTION_KEYS/)]);
    expect(second.logs.join('\n')).not.toContain('CANARY');
  });
});
