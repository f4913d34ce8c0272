import { type PartnerChange } from '#domain/partners/partner-directory';
import { PARTNERS } from '#domain/partners/partners.schema';
import { migratedDatabase } from '../support/migrated-database';
import { until } from '../support/until';
import { aPartner, CANARY } from './a-partner';
import { newKey, type ProcessOptions, ProcessPartners, verdictOn } from './process-partners';

/** What the contract promises for every process. */
const EVERYWHERE_MS = 2_000;

describe('the partner directory', () => {
  let stores: Awaited<ReturnType<typeof migratedDatabase>>;
  const running: ProcessPartners[] = [];

  beforeAll(async () => {
    stores = await migratedDatabase([PARTNERS]);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    await stores.database.collection(PARTNERS).deleteMany({});
  });
  afterEach(() => {
    for (const process of running.splice(0)) process.stop();
  });

  const start = async (options?: ProcessOptions): Promise<ProcessPartners> => {
    const process = new ProcessPartners(stores.database, options).start();
    running.push(process);
    await until(() => process.directory.loaded, { what: 'the partners to be loaded' });
    return process;
  };
  const within2s = (what: string, condition: () => boolean) =>
    until(condition, { what, timeoutMs: EVERYWHERE_MS, everyMs: 5 });

  it('serves what was changed in this process at once', async () => {
    const process = await start();
    const made = await process.make(aPartner('acme'));
    await process.directory.refreshed();
    expect(verdictOn(process.directory.find('acme'), CANARY)).toMatchObject({ valid: true, secretId: 's1' });
    await process.change(made, { enabled: false });
    await process.directory.refreshed();
    expect(process.directory.find('acme')).toMatchObject({ enabled: false, revision: 2 });
    expect(process.directory.all().map(({ id }) => id)).toEqual(['acme']);
  });

  it('lets every other process know within 2 s: made, changed, removed', async () => {
    const [here, there] = [await start(), await start()];
    const made = await here.make(aPartner('acme'));
    await within2s('it to be known', () => there.directory.find('acme')?.enabled === true);
    await here.change(made, { enabled: false });
    await within2s('the change', () => there.directory.find('acme')?.enabled === false);
    await stores.database.collection(PARTNERS).deleteOne({ _id: 'acme' });
    await within2s('its end', () => there.directory.find('acme') === undefined);
  });

  it('follows a partner that was removed and made again', async () => {
    const [here, there] = [await start(), await start()];
    await here.make(aPartner('acme', { name: 'First' }));
    await within2s('the first', () => there.directory.find('acme')?.name === 'First');
    await stores.database.collection(PARTNERS).deleteOne({ _id: 'acme' });
    await here.make(aPartner('acme', { name: 'Second' }));
    await within2s('the second', () => there.directory.find('acme')?.name === 'Second');
  });

  it('tells who listens what became of a partner, and compiles nothing else', async () => {
    const process = await start();
    await process.make(aPartner('other'));
    await process.directory.refreshed();
    const other = process.directory.find('other');
    const changes: PartnerChange[] = [];
    const stopListening = process.directory.onChange((change) => changes.push(change));
    process.directory.onChange(() => {
      throw new Error('a listener that fails must not keep the others from knowing');
    });

    const made = await process.make(aPartner('acme'));
    await process.directory.refreshed();
    await process.change(made, { notes: 'changed' });
    await process.directory.refreshed();
    await stores.database.collection(PARTNERS).deleteOne({ _id: 'acme' });
    await process.directory.refreshed();
    stopListening();
    await process.make(aPartner('unheard'));
    await process.directory.refreshed();

    expect(changes.map(({ kind, id }) => `${id} ${kind}`)).toEqual([
      'acme ready',
      'acme ready',
      'acme removed',
    ]);
    expect(process.directory.find('other')).toBe(other);
  });

  it('leaves a request the version that it took', async () => {
    const process = await start();
    const made = await process.make(aPartner('acme'));
    await process.directory.refreshed();
    const taken = process.directory.find('acme');
    await process.change(made, { secrets: [{ id: 's2', value: 'second-CANARY-b83e55d2a7' }] });
    await process.directory.refreshed();
    expect(verdictOn(taken, CANARY)).toMatchObject({ valid: true });
    expect(verdictOn(process.directory.find('acme'), CANARY)).toMatchObject({ valid: false });
  });

  it('reads the gateway format by its own rules', async () => {
    const { directory } = await start();
    const body = Buffer.from('{"idempotencyKey":"key-1"}');
    const kept = { contentType: 'application/json', body, headers: {}, query: {} };
    const { canonicalRules } = directory;
    expect(canonicalRules.dedupeKey(kept, canonicalRules.parse(body, kept.contentType))).toContain('key-1');
  });

  describe('with a partner that cannot be served', () => {
    const insert = (id: string, document: Record<string, unknown>) =>
      stores.database.collection(PARTNERS).insertOne({
        _id: id,
        document,
        secrets: [],
        revision: 1,
        createdAt: new Date(),
        updatedAt: new Date(),
      });

    it('serves all others, and says which and why', async () => {
      await insert('lost', { id: 'lost', preset: 'no-longer-shipped' });
      await insert('odd', { id: 'odd', signature: 7 });
      await new ProcessPartners(stores.database).make(aPartner('acme'));
      const { directory } = await start();
      expect(directory.all().map(({ id }) => id)).toEqual(['acme']);
      expect(['acme', 'lost', 'odd', 'nobody'].filter((id) => directory.isBroken(id))).toEqual([
        'lost',
        'odd',
      ]);
      expect(directory.faultOf('lost')).toMatch(/\/preset.*standard/);
      expect(directory.faultOf('acme')).toBeUndefined();
    });

    it('serves it as soon as it is put right', async () => {
      await insert('lost', { id: 'lost', preset: 'no-longer-shipped' });
      const { directory } = await start();
      const changes: PartnerChange[] = [];
      directory.onChange((change) => changes.push(change));
      await directory.refreshed();
      await stores.database
        .collection(PARTNERS)
        .updateOne({ _id: 'lost' }, { $set: { revision: 2, document: { id: 'lost', preset: 'shippo' } } });
      await within2s('it to be served', () => directory.find('lost') !== undefined);
      expect(directory.isBroken('lost')).toBe(false);
      expect(changes.map(({ kind }) => kind)).toEqual(['ready']);
    });

    it('gives no verdict where a secret does not open, and still reads what was accepted before', async () => {
      await new ProcessPartners(stores.database, { keys: [newKey()] }).make(aPartner('acme'));
      const { directory } = await start();
      expect(directory.isBroken('acme')).toBe(true);
      expect(directory.faultOf('acme')).toMatch(/"s1"/);
      expect(directory.faultOf('acme')).not.toContain(CANARY);
      expect(() => verdictOn(directory.find('acme'), CANARY)).toThrow('s1');
      expect(directory.find('acme')?.rules).toBeDefined();
    });

    it('does not mind a secret that was retired', async () => {
      const secrets = [
        { id: 'old', value: 'long-gone', retireAt: '2020-01-01T00:00:00Z' },
        { id: 'new', value: 'env:ACME_SECRET' },
      ];
      const environment = { ACME_SECRET: CANARY };
      await new ProcessPartners(stores.database, { keys: [newKey()], environment }).make(
        aPartner('acme', { secrets }),
      );
      const { directory } = await start({ environment });
      expect(directory.isBroken('acme')).toBe(false);
      expect(verdictOn(directory.find('acme'), CANARY)).toMatchObject({ valid: true, secretId: 'new' });
    });

    it('asks again for what stands behind a reference', async () => {
      const environment: Record<string, string> = { ACME_SECRET: CANARY };
      await new ProcessPartners(stores.database, { environment }).make(
        aPartner('acme', { secrets: [{ id: 's1', value: 'env:ACME_SECRET' }] }),
      );
      const late: Record<string, string> = {};
      const { directory } = await start({ environment: late });
      expect(directory.faultOf('acme')).toMatch(/env:ACME_SECRET/);
      late['ACME_SECRET'] = CANARY;
      await until(() => !directory.isBroken('acme'), { what: 'acme to be tried again' });
      expect(verdictOn(directory.find('acme'), CANARY)).toMatchObject({ valid: true });
    });
  });
});
