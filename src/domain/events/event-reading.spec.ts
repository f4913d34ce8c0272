import { type EventRules } from '#domain/partners/compiled-partner';
import { MappingError, MappingTimeoutError } from '#domain/partners/mapping-error';
import { kept, NOW, rulesOf } from '#domain/partners/testing/builders';
import { readEvent } from './event-reading';
import { type InboundEvent } from './inbound-event';

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

describe('what cannot be read of an event', () => {
  it.each([
    [['A', LONG], 'MAPPING_FAILED', /^the tracking number of item 1 is longer than 255/],
    [['A', null, LONG], 'MISSING_TRACKING_NUMBER', /^no tracking number in item 1; .* item 2 is longer/],
    [['A', null], 'MISSING_TRACKING_NUMBER', /^no tracking number in item 1$/],
    [[LONG], 'MAPPING_FAILED', /^the tracking number of item 0 is longer than 255/],
  ])('should be told of %j as %s, and the rest be read', async (numbers, code, message) => {
    const { problem, shipmentEvents } = await readEvent(eventOf(...numbers), rules);
    expect(problem).toMatchObject({ code, mayPass: false });
    expect(problem?.message).toMatch(message);
    expect(shipmentEvents).toHaveLength(numbers.filter((number) => number === 'A').length);
  });

  it('should be nothing where all can be', async () => {
    const { problem, shipmentEvents } = await readEvent(eventOf('A', 'B'), rules);
    expect(problem).toBeUndefined();
    expect(shipmentEvents).toMatchObject([{ trackingNumber: 'A' }, { trackingNumber: 'B' }]);
  });

  it('should be told by the version of the body that a person edited', async () => {
    const versioned = rulesOf({
      schemaVersion: { from: { body: '/v' }, accept: ['1'] },
      mapping: { event: { trackingNumber: '/awb' } },
    });
    const unknown = { ...eventOf(), ...kept({ awb: 'A', v: '9' }), schemaVersion: '9' };
    expect((await readEvent(unknown, versioned)).problem?.code).toBe('UNSUPPORTED_SCHEMA_VERSION');
    const mended = { ...unknown, edited: kept({ awb: 'A', v: '1' }) };
    expect(await readEvent(mended, versioned)).toMatchObject({ shipmentEvents: [{ trackingNumber: 'A' }] });
    const spoiled = { ...mended, schemaVersion: '1', edited: kept('{') };
    expect((await readEvent(spoiled, versioned)).problem?.code).toBe('UNPARSABLE_BODY');
  });

  it.each([
    [new MappingTimeoutError('took too long'), 'MAPPING_FAILED', true],
    [new MappingError('UNPARSABLE_BODY', 'no JSON'), 'UNPARSABLE_BODY', false],
    [new TypeError('of the code'), 'INTERNAL', false],
  ])('should be all of it after %s', async (error, code, mayPass) => {
    const failing: EventRules = { ...rules, map: () => Promise.reject(error) };
    expect(await readEvent(eventOf('A'), failing)).toMatchObject({
      shipmentEvents: [],
      unmapped: [],
      problem: { code, mayPass },
    });
  });

  it('should be all of it where its partner was removed', async () => {
    const { problem, shipmentEvents } = await readEvent(eventOf('A'), undefined);
    expect(problem).toMatchObject({ code: 'INTERNAL', message: 'partner "acme" is not known any more' });
    expect(shipmentEvents).toEqual([]);
  });
});
