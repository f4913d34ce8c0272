/** A partner with a format of its own. */
export const OWN_FORMAT = {
  id: 'acme',
  name: 'Acme Couriers',
  signature: { type: 'hmac', from: { header: 'x-acme-signature' } },
  secrets: [{ id: 'june', value: 'a-secret-that-acme-gave-us' }],
  dedupe: { body: '/id' },
  mapping: {
    event: { trackingNumber: '/parcel', status: '/state', occurredAt: '/when' },
    status: { CREATED: 'info_received', MOVING: 'in_transit', DONE: 'delivered' },
  },
  limits: { perSecond: 200, burst: 400 },
};

/** The same couriers send to many: a preset knows their format. */
export const BY_PRESET = {
  id: 'shippo-eu',
  preset: 'shippo',
  secrets: [{ value: 'env:SHIPPO_SECRET' }],
};

export const CHANGE = { mapping: { status: { MOVING: 'out_for_delivery' } }, ack: { status: 200 } };

/** Lists are replaced as a whole: the first secret stays, a new one comes to it. */
export const ADDED_SECRET = {
  secrets: [
    { id: 'june', retireAt: '2025-07-01T00:00:00Z' },
    { id: 'july', value: 'the-next-secret', activeFrom: '2025-06-24T00:00:00Z' },
  ],
};

const { secrets: _written, ...document } = OWN_FORMAT;

export const SHOWN = {
  ...document,
  secrets: [{ id: 'june', createdAt: '2025-06-01T12:00:00.000Z' }],
  paused: false,
  revision: 1,
  createdAt: '2025-06-01T12:00:00.000Z',
  updatedAt: '2025-06-01T12:00:00.000Z',
};
