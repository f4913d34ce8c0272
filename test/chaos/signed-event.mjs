import { createHmac } from 'node:crypto';

const PATH = '/v1/events/courier';

/** The body of an event in the canonical format: the same bytes however often it is sent. */
export function bodyOf({ key, trackingNumber, status, correction, location, occurredAt }) {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: '1',
      eventId: `event-${key}`,
      eventType: 'shipment.status_changed',
      occurredAt: new Date(occurredAt).toISOString(),
      source: 'chaos',
      idempotencyKey: `key-${key}`,
      payload: { shipmentId: `shipment-${trackingNumber}`, trackingNumber, status, location, correction },
    }),
  );
}

/** Gives the request that carries an event: signed anew each time, under the same message id, as senders do. */
export function signer(secret) {
  const secretKey = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return (event) => {
    const body = bodyOf(event);
    const id = `msg_${event.key}`;
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', secretKey).update(`${id}.${timestamp}.`).update(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature.digest('base64')}`,
    };
    return { path: PATH, headers, body };
  };
}
