import { createHmac } from 'node:crypto';

/** One delivery of a webhook, as its sender has it before signing. */
export interface Message {
  readonly id: string;
  readonly body: Uint8Array;
  readonly sentAt: Date;
}

/** The headers by which a partner proves that a message is its own. */
export type Signer = (message: Message) => Readonly<Record<string, string>>;

const unixSeconds = (at: Date): string => Math.floor(at.getTime() / 1000).toString();

/** https://docs.easypost.com/guides/webhooks-guide: the secret is normalised before it becomes the key. */
export function easypostSigner(secret: string): Signer {
  const key = Buffer.from(secret.normalize('NFKD'));
  return ({ body }) => ({
    'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', key).update(body).digest('hex')}`,
  });
}

/** https://docs.goshippo.com/docs/tracking/webhooks: the time of sending is signed together with the body. */
export function shippoSigner(secret: string): Signer {
  return ({ body, sentAt }) => {
    const t = unixSeconds(sentAt);
    const v1 = createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
    return { 'shippo-auth-signature': `t=${t},v1=${v1}` };
  };
}

/** Couriers that sign nothing: a value that was agreed on, in a header that was agreed on. */
export function tokenSigner(header: string, value: string): Signer {
  return () => ({ [header]: value });
}

const KEY_PREFIX = 'whsec_';

/** Standard Webhooks: `whsec_` and base64, or any other text, whose UTF-8 bytes are the key. */
export function standardWebhooksSigner(secret: string): Signer {
  const key = secret.startsWith(KEY_PREFIX)
    ? Buffer.from(secret.slice(KEY_PREFIX.length), 'base64')
    : Buffer.from(secret);
  return ({ id, body, sentAt }) => {
    const timestamp = unixSeconds(sentAt);
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
  };
}
