import { SecretUses } from '#domain/partners/secret-uses';
import { SecretUsesRepository } from '#domain/partners/secret-uses.repository';
import { SECRET_USES } from '#domain/partners/secret-uses.schema';
import { migratedDatabase } from '../support/migrated-database';
import { until } from '../support/until';

const AT = Date.parse('2026-01-01T00:00:00Z');

describe('uses of secrets', () => {
  let stores: Awaited<ReturnType<typeof migratedDatabase>>;
  let repository: SecretUsesRepository;
  let uses: SecretUses;

  beforeAll(async () => {
    stores = await migratedDatabase([SECRET_USES]);
    repository = new SecretUsesRepository(stores.database);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    await stores.database.collection(SECRET_USES).deleteMany({});
    uses = new SecretUses(repository);
  });
  afterEach(async () => {
    await uses.beforeApplicationShutdown();
    jest.restoreAllMocks();
  });

  const lastUse = async (partnerId: string, secretId: string) =>
    (await repository.ofPartners([partnerId])).get(partnerId)?.get(secretId);

  it('are written in the background, all with one write, and not again within a minute', async () => {
    const writes = jest.spyOn(repository, 'record');
    for (let at = AT; at <= AT + 500; at += 1) {
      uses.note('acme', 's1', at);
      uses.note('acme', 's2', at);
      uses.note('other', 's1', at);
    }
    expect(writes).not.toHaveBeenCalled();
    expect(await until(() => lastUse('other', 's1'), { what: 'the uses to be written' })).toEqual(
      new Date(AT + 500),
    );
    expect(writes.mock.calls.map(([noted]) => noted.length)).toEqual([3]);
    expect(await lastUse('acme', 's2')).toEqual(new Date(AT + 500));

    uses.note('acme', 's1', AT + 1_000);
    uses.note('acme', 's3', AT + 1_000);
    await until(() => lastUse('acme', 's3'), { what: 'a new secret to be written' });
    expect(writes.mock.calls[1]?.[0].map(({ secretId }) => secretId)).toEqual(['s3']);
    expect(await lastUse('acme', 's1')).toEqual(new Date(AT + 500));
  });

  it('that are not written yet are written at a stop', async () => {
    uses.note('acme', 's1', AT);
    await uses.beforeApplicationShutdown();
    expect(await lastUse('acme', 's1')).toEqual(new Date(AT));
  });

  it('never go back, and are forgotten with their secret', async () => {
    const use = (lastUsedAt: Date) => repository.record([{ partnerId: 'acme', secretId: 's1', lastUsedAt }]);
    await use(new Date(AT));
    await use(new Date(AT - 1_000));
    expect(await lastUse('acme', 's1')).toEqual(new Date(AT));
    await repository.forget('acme', 's2');
    expect(await lastUse('acme', 's1')).toBeDefined();
    await repository.forget('acme', 's1');
    expect(await lastUse('acme', 's1')).toBeUndefined();
  });
});
