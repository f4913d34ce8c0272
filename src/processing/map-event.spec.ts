import { type InboundEvent } from '#domain/events/inbound-event';
import { kept, NOW, rulesOf } from '#domain/partners/testing/builders';
import { readEvent } from './map-event';

const rules = rulesOf({ mapping: { event: { trackingNumber: '/awb' } } });
const eventOf = (...numbers: readonly unknown[]): InboundEvent => ({
  ...kept(numbers.map((awb) => ({ awb }))),
  eventId: 'evt_1',
  partnerId: 'acme',
  dedupeKey: 'k',
  receivedAt: NOW,
  format: 'partner',
  schemaVersion: '1',
  priority: 5,
  traceId: 't',
  traceparent: 'p',
  status: 'processing',
  attempts: 0,
  crashes: 0,
  replays: 0,
  attemptHistory: [],
});
const LONG = 'x'.repeat(256);

describe('what cannot be applied of an event', () => {
  it.each([
    [['A', LONG], 'MAPPING_FAILED', /^the tracking number of item 1 is longer than 255 .* 1 other item/],
    [['A', null, LONG], 'MISSING_TRACKING_NUMBER', /^no tracking number in item 1; .* item 2 is longer/],
    [['A', null], 'MISSING_TRACKING_NUMBER', /^no tracking number in item 1; 1 other item/],
    [[LONG], 'MAPPING_FAILED', /^the tracking number of item 0 is longer than 255/],
  ])('should be told of %j as %s, and the rest be applied', async (numbers, code, message) => {
    const { failure, shipmentEvents } = await readEvent(eventOf(...numbers), rules);
    expect(failure).toMatchObject({ kind: 'permanent', code });
    expect(failure?.message).toMatch(message);
    expect(shipmentEvents).toHaveLength(numbers.filter((number) => number === 'A').length);
  });

  it('should be nothing where all can be', async () => {
    expect((await readEvent(eventOf('A', 'B'), rules)).failure).toBeUndefined();
  });
});
