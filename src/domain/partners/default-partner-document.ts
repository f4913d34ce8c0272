import { type JsonObject } from './body/json-value';

/**
 * The partner that `SIGNING_SECRET` makes: Standard Webhooks, and the headers of older clients. A secret that is
 * no `whsec_…` is a text whose UTF-8 bytes are the key; older clients take the text as it is in any case.
 */
export const defaultPartnerDocument = (): JsonObject => ({
  id: 'default',
  preset: 'standard',
  name: "The gateway's own format",
  signature: [
    {
      name: 'standard',
      type: 'hmac',
      encoding: 'base64',
      from: { header: 'webhook-signature', split: ' ', prefix: 'v1,' },
      signed: '{id}.{timestamp}.{body}',
      timestamp: { from: { header: 'webhook-timestamp' } },
      id: { header: 'webhook-id' },
      key: { encoding: 'base64', strip: 'whsec_', otherwise: 'utf8' },
    },
    {
      // The time is held against the clock although nobody signed it; x-signature-algorithm is not asked,
      // since a sender must not choose how it is checked.
      name: 'older-headers',
      type: 'hmac',
      from: { header: 'x-signature' },
      timestamp: { from: { header: 'x-signature-timestamp' } },
    },
  ],
  secrets: [{ id: 'signing-secret', value: 'env:SIGNING_SECRET' }],
});
