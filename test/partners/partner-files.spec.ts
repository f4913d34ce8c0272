import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { stringify } from 'yaml';
import { PARTNERS } from '#domain/partners/partners.schema';
import { type PartnerJson } from '#domain/partners/stored-partner';
import { migratedDatabase } from '../support/migrated-database';
import { until } from '../support/until';
import { aPartner, CANARY } from './a-partner';
import { type ProcessOptions, ProcessPartners, verdictOn } from './process-partners';

const SECOND = 'second-CANARY-b83e55d2a7';

describe('partner files', () => {
  let stores: Awaited<ReturnType<typeof migratedDatabase>>;
  let partnersDirectory: string;
  const running: ProcessPartners[] = [];

  beforeAll(async () => {
    stores = await migratedDatabase([PARTNERS]);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    partnersDirectory = await mkdtemp(join(tmpdir(), 'partner-files-'));
  });
  afterEach(async () => {
    for (const process of running.splice(0)) process.stop();
    await stores.database.collection(PARTNERS).deleteMany({});
    await rm(partnersDirectory, { recursive: true });
    jest.restoreAllMocks();
  });

  const write = (name: string, content: PartnerJson | string) =>
    writeFile(
      join(partnersDirectory, name),
      typeof content === 'string'
        ? content
        : name.endsWith('.json')
          ? JSON.stringify(content)
          : stringify(content),
    );
  const boot = async (options: ProcessOptions = {}): Promise<ProcessPartners> => {
    const process = new ProcessPartners(stores.database, { partnersDirectory, ...options }).start();
    running.push(process);
    await until(() => process.directory.loaded, { what: 'the partners to be loaded' });
    return process;
  };
  const records = () => stores.database.collection(PARTNERS).find().sort({ _id: 1 }).toArray();

  it('make partners at boot, whatever they are written in, and others are left alone', async () => {
    await write('a.yaml', aPartner('in-yaml'));
    await write('b.yml', aPartner('in-yml'));
    await write('c.json', aPartner('in-json'));
    await write('.hidden.yaml', aPartner('hidden'));
    await write('readme.txt', 'id: readme');
    const { directory } = await boot();
    expect(
      directory
        .all()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['in-json', 'in-yaml', 'in-yml']);
    expect(verdictOn(directory.find('in-yaml'), CANARY)).toMatchObject({ valid: true });
  });

  it('that are as they were write nothing, also in several processes that boot together', async () => {
    await write('acme.yaml', aPartner('acme', { secrets: [{ value: CANARY }] }));
    await Promise.all(Array.from({ length: 5 }, () => boot()));
    const [first] = await records();
    expect(first).toMatchObject({ _id: 'acme', secrets: [expect.anything()] });
    await Promise.all([boot(), boot()]);
    expect(await records()).toEqual([first]);
    expect(JSON.stringify(first)).not.toContain('CANARY');
  });

  it('that were changed are applied at the next boot, and secrets that they do not carry stay', async () => {
    await write('acme.yaml', aPartner('acme'));
    const process = await boot();
    const [made] = await process.repository.page(1);
    if (made === undefined) throw new Error('a partner was expected');
    await process.change(made, { secrets: [{ id: 's1' }, { id: 's2', value: SECOND }] });
    await write('acme.yaml', aPartner('acme', { name: 'Acme' }));
    const { directory } = await boot();
    expect(directory.find('acme')).toMatchObject({ name: 'Acme' });
    expect(verdictOn(directory.find('acme'), SECOND)).toMatchObject({ valid: true, secretId: 's2' });
  });

  it('do not undo with a restart what an operator changed since', async () => {
    await write('acme.yaml', aPartner('acme'));
    const process = await boot();
    const [made] = await process.repository.page(1);
    if (made === undefined) throw new Error('a partner was expected');
    await process.change(made, { enabled: false, secrets: [] });
    const { directory } = await boot();
    expect(directory.find('acme')).toMatchObject({ enabled: false, revision: 2 });
    expect(verdictOn(directory.find('acme'), CANARY)).toMatchObject({ valid: false });
  });

  it('that are faulty are told with file, place and expectation, and the others are applied', async () => {
    const told = jest.spyOn(Logger.prototype, 'error');
    await write('a-broken.yaml', 'id: acme\nsecrets: [{ value: the-CANARY }\nname: x\n');
    await write('b-odd.yaml', aPartner('odd', { more: 1, ack: { status: 500 } }));
    await write('c-nameless.yaml', { name: 'nobody' });
    await write('d-twice.yaml', aPartner('acme', { name: 'First' }));
    await write('e-twice.yaml', aPartner('acme', { name: 'Second' }));
    const { directory } = await boot();
    expect(directory.all().map(({ name }) => name)).toEqual(['First']);
    const lines = told.mock.calls.map(([line]: readonly unknown[]) => line);
    expect(lines).toEqual([
      { file: 'a-broken.yaml', faults: [{ path: '', message: expect.stringMatching(/line 3/) as string }] },
      {
        file: 'e-twice.yaml',
        faults: [{ path: '/id', message: 'id must differ from that in d-twice.yaml' }],
      },
      {
        file: 'b-odd.yaml',
        faults: expect.arrayContaining([
          { path: '/ack/status', message: 'status must be a whole number from 200 to 299' },
          expect.objectContaining({ path: '/more' }),
        ]) as unknown,
      },
      { file: 'c-nameless.yaml', faults: [{ path: '/id', message: 'id is required' }] },
    ]);
    expect(JSON.stringify(lines)).not.toContain('CANARY');
  });

  it('are files or links to files: what is neither is told, and keeps no other from being applied', async () => {
    const told = jest.spyOn(Logger.prototype, 'error');
    execFileSync('mkfifo', [join(partnersDirectory, 'a-pipe.yaml')]);
    await mkdir(join(partnersDirectory, 'b-directory.yaml'));
    await symlink('nowhere', join(partnersDirectory, 'c-dangling.yaml'));
    await write('d-circle.yaml', 'id: odd\nmapping: &a\n  event: *a\n');
    await write('e-deep.yaml', `{"id":"deep","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    await write('linked', aPartner('acme'));
    await symlink('linked', join(partnersDirectory, 'f-link.yaml'));
    const { directory } = await boot();
    expect(directory.all().map(({ id }) => id)).toEqual(['acme']);
    const notFile = expect.stringMatching(/must be a regular file/) as string;
    const endless = expect.stringMatching(/must end/) as string;
    expect(told.mock.calls.map(([line]: readonly unknown[]) => line)).toEqual([
      { file: 'a-pipe.yaml', faults: [{ path: '', message: notFile }] },
      { file: 'b-directory.yaml', faults: [{ path: '', message: notFile }] },
      { file: 'c-dangling.yaml', faults: [{ path: '', message: notFile }] },
      { file: 'd-circle.yaml', faults: [{ path: '', message: endless }] },
      { file: 'e-deep.yaml', faults: [{ path: '', message: endless }] },
    ]);
  });

  it('may say what the partner "default" is', async () => {
    await write('default.yaml', {
      id: 'default',
      preset: 'standard',
      name: 'Ours',
      secrets: [{ value: 'env:SIGNING_SECRET' }],
    });
    const { directory } = await boot({
      environment: { SIGNING_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      signingSecretSet: true,
    });
    expect(directory.find('default')).toMatchObject({ name: 'Ours', revision: 1 });
  });
});
