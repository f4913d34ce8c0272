import { createHmac, randomUUID } from 'node:crypto';

export interface StandardWebhookOptions {
  /** `whsec_` and base64, or any other text, whose UTF-8 bytes are the key. */
  readonly secret: string;
  readonly body: string | Uint8Array;
  readonly id?: string;
  readonly at?: Date;
}

/** The three headers of Standard Webhooks, for a request with this body. */
export function standardWebhookHeaders(options: StandardWebhookOptions): Record<string, string> {
  const { secret, body, id = `msg_${randomUUID()}`, at = new Date() } = options;
  const timestamp = Math.floor(at.getTime() / 1000).toString();
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature.digest('base64')}`,
  };
}

function keyOf(secret: string): Buffer {
  const prefix = 'whsec_';
  return secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : Buffer.from(secret);
}
