import { type PartnerJson } from '#domain/partners/stored-partner';

/** Easy to find again wherever it should not be. */
export const CANARY = 'first-CANARY-4f2a9d71c0';

/** A partner with a format of its own: hex HMAC over the body, an id in the body, three words. */
export const aPartner = (id: string, over: PartnerJson = {}): PartnerJson => ({
  id,
  signature: { type: 'hmac', from: { header: 'x-acme-signature' } },
  dedupe: { body: '/id' },
  mapping: {
    event: { trackingNumber: '/parcel', status: '/state', occurredAt: '/when' },
    status: { CREATED: 'info_received', MOVING: 'in_transit', DONE: 'delivered' },
  },
  secrets: [{ id: 's1', value: CANARY }],
  ...over,
});
