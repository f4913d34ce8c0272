import { type Database } from '#platform/mongo/database';
import { Leases } from '#platform/mongo/leases';
import { LEASES } from '#platform/mongo/leases.schema';
import { migratedDatabase } from '../support/migrated-database';
import { until } from '../support/until';

const LONG_MS = 60_000;
const SHORT_MS = 200;
const HOLDERS = Array.from({ length: 20 }, (_, n) => `holder-${n}`);

describe('leases', () => {
  let database: Database;
  let close: () => Promise<void>;
  let leases: Leases;

  beforeAll(async () => {
    ({ database, close } = await migratedDatabase([LEASES]));
    leases = new Leases(database);
  });
  afterAll(() => close());

  /** Those of many that ask at once who get it. */
  const winners = async (name: string, ms: number): Promise<readonly string[]> => {
    const asked = HOLDERS.map(async (holder) => ((await leases.acquire(name, holder, ms)) ? [holder] : []));
    return (await Promise.all(asked)).flat();
  };
  const endOf = async (name: string): Promise<number> => {
    const lease = await database.collection(LEASES).findOne({ _id: name });
    return lease?.until.getTime() ?? 0;
  };

  it('should be had by one of many that ask for it at once', async () => {
    expect(await winners('first-come', LONG_MS)).toHaveLength(1);
  });

  it('should be renewed by whoever has it, and by nobody else', async () => {
    expect(await leases.acquire('renewed', 'mine', LONG_MS)).toBe(true);
    const before = await endOf('renewed');
    expect(await leases.acquire('renewed', 'theirs', 3 * LONG_MS)).toBe(false);
    expect(await endOf('renewed')).toBe(before);
    expect(await leases.acquire('renewed', 'mine', 2 * LONG_MS)).toBe(true);
    expect(await endOf('renewed')).toBeGreaterThanOrEqual(before + LONG_MS);
  });

  it('should be free at once when its holder lets go, and only then', async () => {
    await leases.acquire('released', 'mine', LONG_MS);
    await leases.release('released', 'theirs');
    expect(await leases.acquire('released', 'theirs', LONG_MS)).toBe(false);
    await leases.release('released', 'mine');
    expect(await leases.acquire('released', 'theirs', LONG_MS)).toBe(true);
    expect(await leases.acquire('released', 'mine', LONG_MS)).toBe(false);
  });

  it('should be taken over by one of many after it ran out', async () => {
    await leases.acquire('run-out', 'dead', SHORT_MS);
    const ranOut = async () => (await database.now()).getTime() >= (await endOf('run-out'));
    await until(ranOut, { what: 'the lease to run out' });
    expect(await winners('run-out', LONG_MS)).toHaveLength(1);
    expect(await leases.acquire('run-out', 'dead', LONG_MS)).toBe(false);
  });

  it('should be kept apart by name', async () => {
    expect(await leases.acquire('one', 'mine', LONG_MS)).toBe(true);
    expect(await leases.acquire('other', 'theirs', LONG_MS)).toBe(true);
  });
});
