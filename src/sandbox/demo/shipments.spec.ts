import { type DemoCase, type ExpectedShipment } from '../scenario/demo-case';
import { aCast } from '../testing/a-cast';
import { compareShipment } from './shipments';

const AT = '2026-01-01T10:00:00.000Z';
const told: DemoCase = {
  partner: aCast().delhivery,
  name: 'a scan',
  origin: 'real',
  delivery: { body: Buffer.from('{}') },
  expected: { outcome: 'applied' },
};
const expected: ExpectedShipment = {
  partnerId: 'delhivery',
  trackingNumber: '1',
  status: 'delivered',
  timeline: [{ of: told, status: 'delivered', occurredAt: AT, late: false }],
};
const shipment = { partnerId: 'delhivery', trackingNumber: '1', status: 'delivered' };
const item = {
  eventId: 'evt_1',
  status: 'delivered',
  partnerStatus: 'DL',
  occurredAt: AT,
  recordedAt: AT,
  late: false,
};
const eventIdOf = () => 'evt_1';

describe('compareShipment', () => {
  it('finds nothing where the parcel stands as expected', () => {
    expect(compareShipment(expected, eventIdOf, shipment, [item])).toEqual([]);
  });

  it('misses a shipment that is not there', () => {
    expect(compareShipment(expected, eventIdOf, undefined, [])).toEqual([
      'shipment delhivery 1: expected delivered, there is no such shipment',
    ]);
  });

  it('sees another status, a moment too many and one that is not marked as late', () => {
    const seen = compareShipment(expected, eventIdOf, { ...shipment, status: 'in_transit' }, [
      { ...item, late: true },
      item,
    ]);

    expect(seen).toEqual([
      'shipment delhivery 1: status: expected delivered, saw in_transit',
      `shipment delhivery 1: timeline, 1: expected delivered at ${AT}, told by evt_1, saw delivered at ${AT}, late, told by evt_1`,
      `shipment delhivery 1: timeline, 2: expected nothing, saw delivered at ${AT}, told by evt_1`,
    ]);
  });
});
