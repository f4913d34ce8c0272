import { foldHistory } from '#domain/shipments/fold';
import { ParcelsRepository } from '#domain/shipments/parcels.repository';
import { shipmentIdOf } from '#domain/shipments/shipment';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { type ShipmentChange, ShipmentRepository } from '#domain/shipments/shipment.repository';
import { groupBy } from '#platform/grouping/group-by';
import { ShipmentRebuilder } from '#processing/operations/shipment-rebuilder';
import { historyOf, randomOf, shuffled } from './history-cases';
import { type RebuildParts, startRebuildParts } from './rebuild-parts';

const WRITERS = 20;
const EVENTS = 900;
const BATCH = 5;

describe('a rebuild while 20 writers change the same parcels', () => {
  let parts: RebuildParts;

  beforeAll(async () => {
    parts = await startRebuildParts();
  });
  afterAll(() => parts.close());

  it('should lose nothing that any of them told', async () => {
    const random = randomOf(7);
    const events = historyOf(EVENTS, random);
    let writing = true;
    /** Each tells its own part, and tells it in an order of its own. */
    const write = async (own: readonly ShipmentEvent[]): Promise<void> => {
      for (let from = 0; from < own.length; from += BATCH) await parts.apply(own.slice(from, from + BATCH));
    };
    const rebuildAllTheTime = async (): Promise<number> => {
      let rounds = 0;
      for (; writing; rounds += 1) {
        await parts.documents.updateMany({ _id: { $regex: '[05]$' } }, { $set: { status: 'unknown' } });
        const { failed } = await parts.rebuild({}, 50);
        expect(failed).toBe(0);
      }
      return rounds;
    };
    const rebuilding = rebuildAllTheTime();
    const writers = Array.from({ length: WRITERS }, (_, n) =>
      write(
        shuffled(
          events.filter((_event, index) => index % WRITERS === n),
          random,
        ),
      ),
    );
    await Promise.all(writers).finally(() => (writing = false));
    expect(await rebuilding).toBeGreaterThan(0);

    // What was spoilt in the last moment is right after one more.
    expect(await parts.rebuild()).toMatchObject({ failed: 0 });
    const parcels = groupBy(events, shipmentIdOf);
    const shipments = await parts.shipments.load([...parcels.keys()]);
    expect(shipments.size).toBe(parcels.size);
    for (const [id, told] of parcels) expect(shipments.get(id)).toMatchObject({ ...foldHistory(told) });
  }, 120_000);

  it('should see what was told between its reading and its writing', async () => {
    const random = randomOf(11);
    const of = (told: readonly ShipmentEvent[], name: string) =>
      told.map((event) => ({ ...event, partnerId: 'race', eventKey: `${name}-${event.eventKey}` }));
    const [before, meanwhile] = [of(historyOf(12, random), 'first'), of(historyOf(12, random), 'second')];
    await parts.apply(before);
    await parts.documents.updateMany({ partnerId: 'race' }, { $set: { status: 'unknown' } });
    /** Writes only after somebody else has told more, and come to an end. */
    class SlowWriter extends ShipmentRepository {
      private first: (() => Promise<void>) | undefined = () => parts.apply(meanwhile);

      override async save(changes: readonly ShipmentChange[]) {
        const first = this.first;
        this.first = undefined;
        await first?.();
        return super.save(changes);
      }
    }
    const { database, history } = parts;
    const parcels = groupBy([...before, ...meanwhile], shipmentIdOf);
    const slow = new ShipmentRebuilder(new ParcelsRepository(database), new SlowWriter(database), history);
    expect(await slow.rebuild([...parcels.keys()])).toMatchObject({ failed: [] });
    const shipments = await parts.shipments.load([...parcels.keys()]);
    for (const [id, events] of parcels) expect(shipments.get(id)).toMatchObject({ ...foldHistory(events) });
  });
});
