import { ShipmentsAdminModule } from '#admin/shipments/shipments-admin.module';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { type AdminApp, startAdminApp } from './admin-app';
import { ToldHistory } from './history';

describe('a timeline that is asked for while its shipment is being written', () => {
  let app: AdminApp;
  let history: ToldHistory;

  beforeAll(async () => {
    app = await startAdminApp([ShipmentsAdminModule]);
    history = new ToldHistory(app);
  });
  afterAll(() => app.close());

  it.each([
    ['a new shipment', 'NEW', []],
    ['a shipment that moves on', 'OLD', [aShipmentEvent({ trackingNumber: 'OLD', status: 'picked_up' })]],
  ])('is never ahead of %s', async (_, trackingNumber, before) => {
    if (before.length > 0) await history.told(...before);
    const event = aShipmentEvent({ trackingNumber, minute: 5, status: 'delivered' });
    await app.nest.get(ShipmentHistoryRepository).append([event]);
    const path = `/shipments/acme/${trackingNumber}`;
    const answered = app
      .get(`${path}/timeline`)
      .then(async (timeline) => [timeline, await app.get(path)] as const);
    await history.told(event);
    const [timeline, shipment] = await answered;
    expect(timeline.json).toHaveProperty('items.length', before.length + 1);
    expect(shipment.json).toMatchObject({ status: 'delivered' });
  });

  it('is answered all the same where the shipment does not follow', async () => {
    const event = aShipmentEvent({ trackingNumber: 'LOST' });
    await app.nest.get(ShipmentHistoryRepository).append([event]);
    const startedAt = performance.now();
    expect(await app.get('/shipments/acme/LOST/timeline')).toMatchObject({
      status: 200,
      json: { items: [{}] },
    });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
