import { PARTNERS } from '#domain/partners/partners.schema';
import { migratedDatabase } from '../support/migrated-database';
import { standardWebhookHeaders } from '../support/standard-webhooks';
import { until } from '../support/until';
import { type ProcessOptions, ProcessPartners } from './process-partners';

const WHSEC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PLAIN = 'any-other-text-of-24-characters-or-more';

describe('the partner "default"', () => {
  let stores: Awaited<ReturnType<typeof migratedDatabase>>;
  const running: ProcessPartners[] = [];

  beforeAll(async () => {
    stores = await migratedDatabase([PARTNERS]);
  });
  afterAll(() => stores.close());
  afterEach(async () => {
    for (const process of running.splice(0)) process.stop();
    await stores.database.collection(PARTNERS).deleteMany({});
  });

  const start = async (options: ProcessOptions): Promise<ProcessPartners> => {
    const process = new ProcessPartners(stores.database, options).start();
    running.push(process);
    await until(() => process.directory.loaded, { what: 'the partners to be loaded' });
    return process;
  };
  const withSecret = (secret: string): ProcessOptions => ({
    environment: { SIGNING_SECRET: secret },
    signingSecretSet: true,
  });
  const verdict = (process: ProcessPartners, secret: string) => {
    const body = Buffer.from('{}');
    const headers = { 'content-type': 'application/json', ...standardWebhookHeaders({ secret, body }) };
    const rawHeaders = Object.entries(headers).flat();
    const request = {
      method: 'POST',
      target: '/v1/events/courier',
      rawHeaders,
      body,
      contentType: 'application/json',
    };
    return process.directory.find('default')?.verify(request, new Date());
  };

  it('is made once, however many processes start together', async () => {
    const processes = await Promise.all(Array.from({ length: 6 }, () => start(withSecret(WHSEC))));
    expect(await stores.database.collection(PARTNERS).countDocuments({})).toBe(1);
    for (const process of processes) expect(verdict(process, WHSEC)).toMatchObject({ valid: true });
  });

  it.each([
    ['whsec_ and base64', WHSEC],
    ['any other text', PLAIN],
  ])('takes a SIGNING_SECRET that is %s', async (_, secret) => {
    const process = await start(withSecret(secret));
    expect(verdict(process, secret)).toMatchObject({ valid: true, covers: 'body' });
    expect(verdict(process, `another-${secret}`)).toMatchObject({ valid: false });
  });

  it('holds a reference, so that a changed variable counts at the next start', async () => {
    await start(withSecret(WHSEC));
    const stored = await stores.database.collection(PARTNERS).findOne({ _id: 'default' });
    expect(stored?.secrets).toEqual([
      { id: 'signing-secret', reference: 'env:SIGNING_SECRET', createdAt: expect.any(Date) as Date },
    ]);
    const restarted = await start(withSecret(PLAIN));
    expect(verdict(restarted, PLAIN)).toMatchObject({ valid: true });
    expect(verdict(restarted, WHSEC)).toMatchObject({ valid: false });
  });

  it('stays as it is where there is one', async () => {
    const first = await start(withSecret(WHSEC));
    const stored = await first.repository.findById('default');
    if (stored === undefined) throw new Error('there is no partner "default"');
    await first.change(stored, { enabled: false });
    const second = await start(withSecret(WHSEC));
    expect(second.directory.find('default')).toMatchObject({ enabled: false, revision: 2 });
  });

  it('is not made without SIGNING_SECRET', async () => {
    const process = await start({});
    expect(process.directory.all()).toEqual([]);
  });
});
