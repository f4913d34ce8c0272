import { PartnersRepository } from '#domain/partners/partners.repository';
import { PARTNERS } from '#domain/partners/partners.schema';
import { type PartnerContent } from '#domain/partners/stored-partner';
import { migratedDatabase } from '../support/migrated-database';

const aContent = (over: Partial<PartnerContent> = {}): PartnerContent => ({
  document: {
    id: 'acme',
    mapping: { status: { 'in.transit': 'in_transit', $x: 'delivered', UNKNOWN: null } },
  },
  secrets: [{ id: 's1', sealed: 'v1:k1:…', createdAt: new Date('2026-01-01T00:00:00.123Z'), use: 'hmac0' }],
  ...over,
});

describe('the partners', () => {
  let repository: PartnersRepository;
  let stores: Awaited<ReturnType<typeof migratedDatabase>>;

  beforeAll(async () => {
    stores = await migratedDatabase([PARTNERS]);
    repository = new PartnersRepository(stores.database);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    await stores.database.collection(PARTNERS).deleteMany({});
  });

  it('come back as they were written, dots, dollars and nulls included', async () => {
    const made = await repository.insert('acme', aContent());
    expect(made).toMatchObject({ id: 'acme', revision: 1, ...aContent() });
    expect(await repository.findById('acme')).toEqual(made);
    expect(await repository.findByIds(['acme', 'nobody'])).toEqual([made]);
    expect(await repository.findById('nobody')).toBeUndefined();
  });

  it('are made once: of many at the same time one succeeds', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => repository.insert('acme', aContent())));
    expect(made.filter((partner) => partner !== undefined)).toHaveLength(1);
  });

  it('are replaced only from the version that the change was made from', async () => {
    const made = await repository.insert('acme', aContent());
    if (made === undefined) throw new Error('not made');
    const documents = ['one', 'two', 'three'].map((name) => aContent({ document: { id: 'acme', name } }));
    const changed = await Promise.all(documents.map((content) => repository.replace(made, content)));
    const [winner, ...others] = changed.filter((partner) => partner !== undefined);
    expect(others).toEqual([]);
    expect(winner).toMatchObject({ revision: 2, createdAt: made.createdAt });
    expect(await repository.findById('acme')).toEqual(winner);
  });

  it('tell another version after each change, and after being made again', async () => {
    const versions = async () => (await repository.states()).get('acme');
    const made = await repository.insert('acme', aContent());
    const first = await versions();
    if (made === undefined) throw new Error('not made');
    await repository.replace(made, aContent());
    const second = await versions();
    await stores.database.collection(PARTNERS).deleteMany({});
    await repository.insert('acme', aContent());
    expect(new Set([first, second, await versions()]).size).toBe(3);
  });

  it('are listed newest first, page by page, each once', async () => {
    const at = new Date('2026-01-01T00:00:00Z');
    const record = (id: string, minutes: number) => ({
      _id: id,
      ...aContent(),
      revision: 1,
      createdAt: new Date(at.getTime() + minutes * 60_000),
      updatedAt: at,
    });
    // Two of them were made in the same moment.
    await stores.database
      .collection(PARTNERS)
      .insertMany([record('a', 1), record('b', 2), record('c', 2), record('d', 3)]);
    const first = await repository.page(2);
    const last = first.at(-1);
    const second = await repository.page(2, last && { at: last.createdAt, id: last.id });
    expect([...first, ...second].map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
  });
});
