import { type RecordedShipmentEvent } from './shipment-event';
import { type ShipmentStatus } from './shipment-status';
import { timelineOf } from './timeline';

const minute = (n: number): Date => new Date(Date.UTC(2025, 0, 1, 12, n));

/** `happened` and `told` in minutes. */
const event = (
  status: ShipmentStatus,
  happened: number,
  told: number,
  eventKey: string = status,
): RecordedShipmentEvent => ({
  partnerId: 'acme',
  trackingNumber: 'T1',
  eventKey,
  eventId: `evt_${eventKey}`,
  status,
  partnerStatus: status,
  occurredAt: minute(happened),
  occurredAtSource: 'partner',
  orderedAt: minute(happened),
  correction: false,
  recordedAt: minute(told),
});

const shown = (history: readonly RecordedShipmentEvent[]) =>
  timelineOf(history).map(({ event: { eventKey }, late }) => (late ? `${eventKey} (late)` : eventKey));

describe('timelineOf', () => {
  it('has nothing to show of an empty history', () => {
    expect(timelineOf([])).toEqual([]);
  });

  it('shows oldest first, whatever the order in which the history is handed over', () => {
    expect(shown([event('delivered', 3, 3), event('picked_up', 1, 1), event('in_transit', 2, 2)])).toEqual([
      'picked_up',
      'in_transit',
      'delivered',
    ]);
  });

  it('marks what was told after something that happened later', () => {
    expect(shown([event('picked_up', 1, 1), event('delivered', 3, 3), event('in_transit', 2, 4)])).toEqual([
      'picked_up',
      'in_transit (late)',
      'delivered',
    ]);
  });

  it('measures lateness against all later happenings, not only the next one', () => {
    expect(shown([event('picked_up', 1, 3), event('in_transit', 2, 4), event('delivered', 5, 2)])).toEqual([
      'picked_up (late)',
      'in_transit (late)',
      'delivered',
    ]);
  });

  it('calls nothing late that was recorded in the same moment', () => {
    expect(shown([event('delivered', 3, 5), event('picked_up', 1, 5)])).toEqual(['picked_up', 'delivered']);
  });

  it('orders happenings of one moment by rank, then by key, and finds the late one among them', () => {
    expect(
      shown([event('picked_up', 1, 9, 'b'), event('delivered', 1, 2, 'c'), event('picked_up', 1, 1, 'a')]),
    ).toEqual(['a', 'b (late)', 'c']);
  });
});
