import { createHmac, randomBytes } from 'node:crypto';

const CANONICAL_PATH = '/v1/events/courier';
/** Makes the body about 900 bytes long, as couriers' bodies are. */
const NOTE = 'Left the sorting centre; next stop is the depot that delivers. '.repeat(6);

/**
 * Gives request after request of the canonical format: valid, signed, each with ids that were never used. Without a
 * partner they are the default partner's.
 */
export function signedRequests({ port, secret, path = CANONICAL_PATH, partnerId }) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const run = randomBytes(5).toString('hex').toUpperCase();
  const partner = partnerId === undefined ? '' : `x-partner-id: ${partnerId}\r\n`;
  let count = 0;
  return () => {
    count += 1;
    const id = `${run}${count.toString(36).toUpperCase().padStart(7, '0')}`;
    const body = Buffer.from(JSON.stringify(eventOf(id)));
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    const head =
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n` +
      `webhook-id: ${id}\r\nwebhook-timestamp: ${timestamp}\r\nwebhook-signature: v1,${signature}\r\n` +
      `${partner}content-length: ${body.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head, 'latin1'), body]);
  };
}

function eventOf(id) {
  return {
    schemaVersion: '1',
    eventId: `event-${id}`,
    eventType: 'shipment.status_changed',
    occurredAt: new Date().toISOString(),
    source: 'bench',
    idempotencyKey: `key-${id}`,
    payload: {
      shipmentId: `shipment-${id}`,
      orderId: `order-${id}`,
      status: 'in_transit',
      trackingNumber: `BENCH${id}`,
      location: 'Leipzig',
      note: NOTE,
    },
  };
}
