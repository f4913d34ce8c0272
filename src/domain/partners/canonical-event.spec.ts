import { SHIPMENT_STATUSES } from '#domain/shipments/shipment-status';
import { CANONICAL_SCHEMA_VERSIONS, canonicalEventProblems } from './canonical-event';

const payload = { shipmentId: 'SHP-1', status: 'in_transit' };
const event = {
  eventId: 'e-1',
  eventType: 'shipment.status_changed',
  occurredAt: '2026-03-01T10:00:00.000Z',
  source: 'shop',
  idempotencyKey: 'key-1',
  payload,
};

const pathsOf = (value: unknown): readonly string[] => canonicalEventProblems(value).map(({ path }) => path);

describe('canonicalEventProblems', () => {
  it('should have none to tell of what the contract allows', () => {
    const full = {
      ...event,
      schemaVersion: '1',
      further: [1],
      payload: {
        ...payload,
        orderId: 'O',
        trackingNumber: 'T',
        location: 'Cairo',
        correction: true,
        weight: { kg: 2 },
      },
    };
    expect([event, full].flatMap(pathsOf)).toEqual([]);
    const nothing = { orderId: null, trackingNumber: null, location: null, description: null };
    expect(pathsOf({ ...event, payload: { ...payload, ...nothing } })).toEqual([]);
    for (const status of SHIPMENT_STATUSES)
      expect(pathsOf({ ...event, payload: { ...payload, status } })).toEqual([]);
    expect(CANONICAL_SCHEMA_VERSIONS).toEqual(['1']);
  });

  it('should name every place at once', () => {
    const broken = {
      ...event,
      schemaVersion: 1,
      eventId: '',
      occurredAt: '2026-03-01T10:00:00',
      idempotencyKey: 'x'.repeat(256),
      source: undefined,
      payload: { status: 'lost', trackingNumber: 5, correction: 'yes' },
    };
    expect([...pathsOf(broken)].sort()).toEqual([
      '/eventId',
      '/idempotencyKey',
      '/occurredAt',
      '/payload/correction',
      '/payload/shipmentId',
      '/payload/status',
      '/payload/trackingNumber',
      '/schemaVersion',
      '/source',
    ]);
  });

  it.each([
    [{ payload: { shipmentId: 'S' } }, '/payload/status', 'status is required'],
    [{ eventId: ' ' }, '/eventId', 'eventId must not be blank'],
    [{ eventId: 7 }, '/eventId', 'eventId must be text'],
    [{ payload: [] }, '/payload', 'payload must be an object'],
    [
      { occurredAt: 'now' },
      '/occurredAt',
      'occurredAt must be a time as in RFC 3339, with an offset: 2030-01-31T12:00:00Z',
    ],
    [
      { payload: { ...payload, status: 'lost' } },
      '/payload/status',
      `status must be one of ${SHIPMENT_STATUSES.join(', ')}`,
    ],
  ])('should say what was expected: %j', (over, path, message) => {
    expect(canonicalEventProblems({ ...event, ...over })).toContainEqual({ path, message });
  });

  it.each([null, 1, 'text', [], [event]])('should refuse %j as a whole', (value) => {
    expect(canonicalEventProblems(value)).toEqual([{ path: '', message: 'the document must be an object' }]);
  });

  it.each([
    ['2026-03-01T10:00:00Z', true],
    ['2026-03-01T10:00:00.123456+02:00', true],
    ['2026-03-01t10:00:00z', true],
    ['2026-03-01T10:00Z', false],
    ['2026-03-01T10:00:00+0200', false],
    ['2026-02-30T10:00:00Z', false],
    ['2026-03-01', false],
  ])('should hold times to RFC 3339: %s', (occurredAt, valid) => {
    expect(pathsOf({ ...event, occurredAt })).toEqual(valid ? [] : ['/occurredAt']);
  });
});
