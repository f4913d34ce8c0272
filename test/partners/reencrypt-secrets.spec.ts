import { PARTNERS } from '#domain/partners/partners.schema';
import { reencryptSecrets } from '#domain/partners/reencrypt-secrets';
import { migratedDatabase } from '../support/migrated-database';
import { aPartner, CANARY } from './a-partner';
import { newKey, type ProcessOptions, ProcessPartners, verdictOn } from './process-partners';

const [OLD, NEW, GONE] = ['old', 'new', 'gone'].map((id) => ({ ...newKey(), id }));
const keys = (...ring: readonly (typeof OLD)[]): ProcessOptions['keys'] =>
  ring.flatMap((key) => (key === undefined ? [] : [key]));

describe('stored secrets, when the key ring changes', () => {
  let stores: Awaited<ReturnType<typeof migratedDatabase>>;

  beforeAll(async () => {
    stores = await migratedDatabase([PARTNERS]);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    await stores.database.collection(PARTNERS).deleteMany({});
  });

  const process = (ring: ProcessOptions['keys'] = []) => new ProcessPartners(stores.database, { keys: ring });
  const sealedUnder = async () => {
    const records = await stores.database.collection(PARTNERS).find().sort({ _id: 1 }).toArray();
    return records.flatMap(({ secrets }) =>
      secrets.map((secret) => ('sealed' in secret ? secret.sealed.split(':')[1] : 'reference')),
    );
  };

  it('move to the newest key with the next change of their partner', async () => {
    const made = await process(keys(OLD)).make(aPartner('acme'));
    const rotated = process(keys(NEW, OLD));
    expect(await sealedUnder()).toEqual(['old']);
    await rotated.change(made, { name: 'Acme' });
    expect(await sealedUnder()).toEqual(['new']);
    const afterwards = process(keys(NEW));
    await afterwards.directory.refreshed();
    expect(verdictOn(afterwards.directory.find('acme'), CANARY)).toMatchObject({ valid: true });
  });

  it('move all together on demand; what no key opens stays and is counted', async () => {
    for (const id of ['acme', 'other']) await process(keys(OLD)).make(aPartner(id));
    await process(keys(NEW)).make(aPartner('recent'));
    await process(keys(GONE)).make(aPartner('unlucky'));
    const { repository, secrets } = process(keys(NEW, OLD));
    expect(await reencryptSecrets({ repository, secrets })).toEqual({ reencrypted: 2, unreadable: 1 });
    expect(await sealedUnder()).toEqual(['new', 'new', 'new', 'gone']);
    expect(await reencryptSecrets({ repository, secrets })).toEqual({ reencrypted: 0, unreadable: 1 });
    const { directory } = process(keys(NEW));
    await directory.refreshed();
    expect(['acme', 'other', 'recent', 'unlucky'].filter((id) => directory.isBroken(id))).toEqual([
      'unlucky',
    ]);
    expect(directory.faultOf('unlucky')).toMatch(/"gone".*not in ENCRYPTION_KEYS/);
  });
});
