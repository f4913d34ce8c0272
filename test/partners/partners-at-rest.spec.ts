import { PARTNERS } from '#domain/partners/partners.schema';
import { migratedDatabase } from '../support/migrated-database';
import { aPartner, CANARY } from './a-partner';
import { newKey, ProcessPartners } from './process-partners';

const SECOND = 'second-CANARY-b83e55d2a7';

/** The forms in which a value could lie about. */
const formsOf = (value: string): readonly string[] => [
  value,
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Buffer.from(value).toString('hex'),
];

describe('secrets at rest', () => {
  let stores: Awaited<ReturnType<typeof migratedDatabase>>;

  beforeAll(async () => {
    stores = await migratedDatabase([PARTNERS]);
  });
  afterAll(() => stores.close());

  it('stand nowhere in the open, not in any document, from the first write on', async () => {
    const process = new ProcessPartners(stores.database);
    const made = await process.make(aPartner('acme'));
    await process.change(made, {
      secrets: [{ id: 's1' }, { value: SECOND, retireAt: '2040-01-01T00:00:00Z' }],
    });
    const collections = await stores.database.handle.collections();
    const documents = await Promise.all(collections.map((collection) => collection.find({}).toArray()));
    const text = JSON.stringify(documents);
    expect(text).toContain('acme');
    expect([CANARY, SECOND].flatMap(formsOf).filter((form) => text.includes(form))).toEqual([]);
  });

  it('open only for the partner and the secret that they belong to', async () => {
    const keys = [newKey()];
    const process = new ProcessPartners(stores.database, { keys });
    const secrets = [
      { id: 'a', value: CANARY },
      { id: 'b', value: SECOND },
    ];
    const made = await process.make(aPartner('two', { secrets }));
    const [first, second] = made.secrets;
    if (first === undefined || second === undefined) throw new Error('two secrets were expected');
    await process.repository.replace(made, { ...made, secrets: [{ ...second, id: 'a' }] });
    await process.make(aPartner('other', { secrets }));
    await stores.database
      .collection(PARTNERS)
      .updateOne({ _id: 'other' }, { $set: { secrets: [first], revision: 2 } });
    await process.directory.refreshed();
    expect(process.directory.isBroken('two')).toBe(true);
    expect(process.directory.isBroken('other')).toBe(true);
  });
});
