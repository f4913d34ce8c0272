import { idempotencyKeyOf } from './idempotency-key';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';

const AT = new Date('2026-01-01T00:00:00Z');
const anEvent = (eventId: string, eventKey: string): ShipmentEvent => ({
  partnerId: 'acme',
  trackingNumber: 'T1',
  eventKey,
  eventId,
  status: 'in_transit',
  partnerStatus: 'IT',
  occurredAt: AT,
  occurredAtSource: 'partner',
  orderedAt: AT,
  correction: false,
});

describe('the key of a call', () => {
  const told = [anEvent('evt_1', 'a'), anEvent('evt_1', 'b')];

  it('should be the event, with its place behind the first', () => {
    expect(told.map((event) => idempotencyKeyOf({ ...event }, told))).toEqual(['evt_1', 'evt_1-1']);
  });

  it('should be of its own for one that the history had, whichever body makes it the state', () => {
    const key = idempotencyKeyOf(anEvent('evt_0', 'c'), told);
    expect(key).toMatch(/^evt_0-[1-9]\d{3,}$/);
    expect(idempotencyKeyOf(anEvent('evt_0', 'c'), [anEvent('evt_2', 'z')])).toBe(key);
    expect(idempotencyKeyOf(anEvent('evt_0', 'd'), told)).not.toBe(key);
    expect(idempotencyKeyOf(anEvent('evt_0', 'a'), told)).toMatch(/^evt_0-[1-9]\d{3,}$/);
  });
});
