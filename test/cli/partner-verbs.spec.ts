import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '#cli/admin-client';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { gateway, type Ran } from './gateway-command';

const SECRET = 'a-shared-secret-of-some-length';
const PARTNER = `
id: acme
signature: { type: hmac, from: { header: x-signature }, signed: "{timestamp}.{body}",
  timestamp: { from: { header: x-timestamp } } }
secrets: [{ value: ${SECRET} }]
mapping:
  event: { trackingNumber: /awb, status: /state }
  status: { moving: in_transit }
`;

describe('gateway, the verbs for partners', () => {
  const stores = testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'gateway-cli-'));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  let process: GatewayProcess;
  const run = (...args: string[]): Promise<Ran> =>
    gateway(args, { GATEWAY_URL: process.url, GATEWAY_PARTNER_SECRET: SECRET });

  beforeAll(async () => {
    process = await startGateway({ role: 'both', stores });
  });
  afterAll(async () => {
    await process.kill();
    await stores.cleanup();
    rmSync(folder, { recursive: true });
  });

  it('should take a partner on by a file and a dry run, and apply what it sends', async () => {
    const document = file('acme.yaml', PARTNER);
    const looked = await run('partners', 'apply', '-f', document, '--diff');
    expect(looked).toMatchObject({ code: 0 });
    expect(looked.out).toContain('would be made');
    await expect(run('partners', 'show', 'acme')).resolves.toMatchObject({ code: 1 });

    expect((await run('partners', 'apply', '-f', document)).out).toContain('is made');
    expect((await run('partners', 'apply', '-f', document)).out).toContain('as in the file');
    const shown = await run('partners', 'show', 'acme');
    expect(shown.out).toContain('id: acme');
    expect(shown.out).not.toContain(SECRET);

    const body = file('body.json', '{"awb":"A1","state":"moving"}');
    const signed = await run('sign', '--partner', 'acme', '--body', body, '--json');
    const spaced = await run('sign', '--partner', 'acme', '--body', body, '--method', 'PO ST', '--curl');
    expect(spaced).toMatchObject({ code: 2 });
    expect(spaced.err).toContain('--method');
    const captured = file('captured.json', signed.out);
    const verified = await run('verify', '-f', document, '--request', captured);
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.out).toMatch(/A1 +in_transit/);
    const tried = await run('partners', 'dry-run', 'acme', '--request', captured);
    expect(tried.out).toContain('in_transit');

    await until(async () => (await run('send', '--partner', 'acme', '--body', body)).code === 0, {
      what: 'the partner to be known',
    });
    await until(async () => (await run('shipments', 'show', 'acme', 'A1')).out.includes('in_transit'), {
      what: 'the shipment',
    });
  });

  it('should name every fault of a file with its place', async () => {
    const faulty = file('faulty.yaml', 'id: X\nsignature: { type: magic }\nlimits: { perSecond: many }\n');
    const { code, err } = await run('partners', 'apply', '-f', faulty);
    expect(code).toBe(1);
    for (const place of ['/id', '/signature/type', '/limits/perSecond']) expect(err).toContain(place);
    const broken = await run('partners', 'apply', '-f', file('broken.yaml', 'id: [unclosed'));
    expect(broken.code).toBe(1);
    expect(broken.err).toContain('line');
  });

  it('should add a secret, shown once, and retire it', async () => {
    const added = await run('secrets', 'add', 'acme', '--json');
    const secret: unknown = JSON.parse(added.out);
    if (!isRecord(secret)) throw new Error('no secret was shown');
    expect(typeof secret['value']).toBe('string');
    const id = String(secret['id']);
    await expect(run('secrets', 'retire', 'acme', id)).resolves.toMatchObject({ code: 0 });
    await expect(run('secrets', 'remove', 'acme', id)).resolves.toMatchObject({ code: 0 });
    await expect(run('secrets', 'remove', 'acme', id)).resolves.toMatchObject({ code: 1 });
  });

  it('should disable, pause and remove', async () => {
    expect((await run('queues', 'pause', 'acme')).code).toBe(0);
    expect((await run('queues', 'list')).out).toMatch(/acme +true/);
    expect((await run('queues', 'resume', 'acme')).code).toBe(0);
    expect((await run('partners', 'disable', 'acme')).code).toBe(0);
    const body = file('body.json', '{"awb":"A2","state":"moving"}');
    await until(async () => (await run('send', '--partner', 'acme', '--body', body)).out.startsWith('403'), {
      what: 'the partner to be disabled',
    });
    expect((await run('partners', 'delete', 'acme')).code).toBe(0);
  });

  it('should list presets and show one as YAML', async () => {
    expect((await run('presets', 'list')).out).toContain('shippo');
    expect((await run('presets', 'show', 'shippo')).out).toContain('signature:');
  });
});
