import { foldHistory, NO_STATE } from '#domain/shipments/fold';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { HistoryRevisionRepository } from '#domain/shipments/history-revision.repository';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { SHIPMENT_EVENTS, SHIPMENTS } from '#domain/shipments/shipments.schema';
import { type Database } from '#platform/mongo/database';
import { ShipmentProjector } from '#processing/shipment-projector';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { migratedDatabase } from '../support/migrated-database';

describe('history and shipments', () => {
  let database: Database;
  let close: () => Promise<void>;
  let history: ShipmentHistoryRepository;
  let revisions: HistoryRevisionRepository;
  let shipments: ShipmentRepository;
  let projector: ShipmentProjector;
  let parcels = 0;

  beforeAll(async () => {
    ({ database, close } = await migratedDatabase([SHIPMENT_EVENTS, SHIPMENTS]));
    revisions = new HistoryRevisionRepository(database);
    history = new ShipmentHistoryRepository(database, revisions, { historyTtlDays: undefined });
    shipments = new ShipmentRepository(database);
    projector = new ShipmentProjector(shipments, history);
  });
  afterAll(() => close());

  const newParcel = () => ({ partnerId: 'acme', trackingNumber: `T-${(parcels += 1)}` });
  const apply = async (...events: ShipmentEvent[]): Promise<void> => {
    await projector.project(await history.append(events));
  };

  it('should keep a happening once, with what was told first', async () => {
    const key = newParcel();
    const event = aShipmentEvent({ ...key, location: 'Cairo' });
    await history.append([event]);
    await history.append([{ ...event, location: 'elsewhere' }, aShipmentEvent(key)]);
    const timeline = await history.timeline(key);
    expect(timeline.map(({ location }) => location)).toEqual(['Cairo', undefined]);
  });

  it('should make one shipment of several events of one parcel', async () => {
    const key = newParcel();
    await apply(
      aShipmentEvent({ ...key, minute: 5, status: 'out_for_delivery' }),
      aShipmentEvent({ ...key, minute: 1, status: 'picked_up' }),
    );
    expect(await shipments.find(key)).toMatchObject({ status: 'out_for_delivery', version: 1 });
  });

  it('should project again what the history already had, for a crash may lie between', async () => {
    const key = newParcel();
    const event = aShipmentEvent(key);
    await history.append([event]);
    await apply(event);
    expect(await shipments.find(key)).toMatchObject({ status: 'in_transit', version: 1 });
  });

  it('should count again what was superseded when another event tells it, and not when the same one does', async () => {
    const key = newParcel();
    const event = aShipmentEvent({ ...key, status: 'delivered' });
    await apply(event);
    await revisions.supersede(await history.timeline(key));
    await apply(event);
    expect(await history.timeline(key)).toEqual([]);
    expect(await shipments.find(key)).toMatchObject({ version: 1 });
    const again = { ...event, eventId: 'evt_other' };
    const [preview] = await projector.preview([again]);
    expect(preview?.becomesState).toEqual(again);
    await apply(again);
    expect(await history.timeline(key)).toMatchObject([{ eventId: 'evt_other', status: 'delivered' }]);
    expect((await history.timeline(key))[0]).not.toHaveProperty('supersededAt');
  });

  it('should keep the time of the last change where an event changes nothing', async () => {
    const key = newParcel();
    await apply(aShipmentEvent({ ...key, minute: 5, status: 'delivered' }));
    const before = await shipments.find(key);
    await apply(aShipmentEvent({ ...key, minute: 1, status: 'picked_up' }));
    expect(await shipments.find(key)).toEqual({ ...before, version: 2 });
  });

  it('should let no writer miss an event that changed nothing for another one', async () => {
    const key = newParcel();
    const delivered = aShipmentEvent({ ...key, minute: 10, status: 'delivered' });
    const returned = aShipmentEvent({ ...key, minute: 1, status: 'returned' });
    // Takes back what `returned` says, so that with both of them the parcel is delivered, as before.
    const corrected = aShipmentEvent({ ...key, minute: 5, status: 'in_transit', correction: true });
    await apply(delivered);
    /** Writes only after somebody else has read, folded and come to an end. */
    class SlowReader extends ShipmentHistoryRepository {
      private meanwhile: (() => Promise<void>) | undefined = () => apply(corrected);

      override async ofShipments(ids: readonly string[]) {
        const read = await super.ofShipments(ids);
        const meanwhile = this.meanwhile;
        this.meanwhile = undefined;
        await meanwhile?.();
        return read;
      }
    }
    await history.append([returned]);
    const slow = new SlowReader(database, revisions, { historyTtlDays: undefined });
    await new ShipmentProjector(shipments, slow).project([returned]);
    expect(await shipments.find(key)).toMatchObject(foldHistory([delivered, returned, corrected]));
  });

  it('should go by what was told first where a thing is told again in another way', async () => {
    const key = newParcel();
    const told = aShipmentEvent({ ...key, status: 'unknown' });
    await apply(told);
    await apply({ ...told, status: 'delivered', eventId: 'evt_2' });
    expect(await shipments.find(key)).toMatchObject(foldHistory(await history.timeline(key)));
  });

  it('should write nothing where another writer was first, and say so', async () => {
    const [mine, theirs] = [newParcel(), newParcel()];
    const change = (key: typeof mine) => ({
      key,
      from: undefined,
      createdAt: new Date(),
      updatedAt: new Date(),
      state: NO_STATE,
    });
    expect(await shipments.save([change(theirs)])).toEqual([]);
    const lost = await shipments.save([change(mine), { ...change(theirs), from: 7 }]);
    expect(lost).toEqual([`acme/${theirs.trackingNumber}`]);
    expect(await shipments.find(mine)).toMatchObject({ version: 1 });
    expect(await shipments.find(theirs)).toMatchObject({ version: 1 });
  });

  it('should lose no update when 50 writers work on one parcel', async () => {
    const key = newParcel();
    const statuses = ['picked_up', 'in_transit', 'out_for_delivery', 'delivered', 'unknown'] as const;
    const events = Array.from({ length: 50 }, (_, index) =>
      aShipmentEvent({ ...key, minute: (index * 7) % 50, status: statuses[index % statuses.length] ?? null }),
    );
    await Promise.all(events.map((event) => apply(event)));
    const expected = foldHistory(events);
    expect(await shipments.find(key)).toMatchObject({ ...expected });
    expect(await history.timeline(key)).toHaveLength(50);
  });

  it('should list the newest change first, page by page, by any filter', async () => {
    const orderId = { orderId: `O-${Math.random()}` };
    const keys = Array.from({ length: 5 }, newParcel);
    for (const key of keys) await apply(aShipmentEvent({ ...key, ...orderId }));
    const first = await shipments.list(orderId, 3);
    const last = first.at(-1);
    const second = await shipments.list(orderId, 3, {
      at: last?.updatedAt ?? new Date(),
      id: `acme/${last?.trackingNumber}`,
    });
    const numbers = [...first, ...second].map(({ trackingNumber }) => trackingNumber);
    expect(numbers).toEqual(keys.map(({ trackingNumber }) => trackingNumber).reverse());
    expect(await shipments.list({ ...orderId, status: 'delivered' }, 10)).toEqual([]);
  });
});
