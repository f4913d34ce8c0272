import { ParcelsRepository } from '#domain/shipments/parcels.repository';
import { SHIPMENT_EVENTS } from '#domain/shipments/shipments.schema';
import { historyOf, randomOf } from './history-cases';
import { type RebuildParts, startRebuildParts } from './rebuild-parts';

const EVENTS = 3_000;
const PARCELS = 500;

/** What the server read to answer what `ask` asks, by its own account. */
async function costOf({ database }: RebuildParts, ask: () => Promise<unknown>) {
  const { handle } = database;
  await handle.command({ profile: 2 });
  await ask();
  await handle.command({ profile: 0 });
  const notes = await handle
    .collection<{ docsExamined: number; keysExamined: number; planSummary: string }>('system.profile')
    .find({ ns: `${handle.databaseName}.${SHIPMENT_EVENTS.name}`, docsExamined: { $exists: true } })
    .toArray();
  await handle.dropCollection('system.profile');
  const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);
  return {
    documents: sum(notes.map(({ docsExamined }) => docsExamined)),
    keys: sum(notes.map(({ keysExamined }) => keysExamined)),
    plan: notes[0]?.planSummary,
  };
}

describe('what finding parcels to rebuild costs', () => {
  let parts: RebuildParts;
  let parcels: ParcelsRepository;

  beforeAll(async () => {
    parts = await startRebuildParts();
    parcels = new ParcelsRepository(parts.database);
    await parts.history.append(historyOf(EVENTS, randomOf(3)));
  });
  afterAll(() => parts.close());

  it('should count them by one look at the index for each', async () => {
    expect(await parcels.count()).toBe(PARCELS);
    const { plan, documents, keys } = await costOf(parts, () => parcels.count());
    expect({ plan, documents }).toEqual({ plan: 'DISTINCT_SCAN { parcel: 1, orderedAt: 1 }', documents: 0 });
    expect(keys).toBeLessThanOrEqual(2 * PARCELS);
  });

  it('should read a page of them off the index, and little more than the page', async () => {
    const first = await parcels.after(undefined, 100);
    const { plan, documents } = await costOf(parts, () => parcels.after(first.at(-1), 100));
    expect({ plan, documents }).toEqual({ plan: 'IXSCAN { parcel: 1, orderedAt: 1 }', documents: 0 });
    const second = await parcels.after(first.at(-1), 100);
    expect(new Set([...first, ...second]).size).toBe(200);
    expect([...second].sort()).toEqual(second);
  });
});
