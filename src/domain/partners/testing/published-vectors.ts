import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { readJson } from '../body/json';

export interface PublishedVector {
  readonly name: string;
  readonly scheme: string;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly method: string;
  readonly verify_at?: number;
  readonly valid: boolean;
}

const isVectors = new Ajv2020().compile<readonly PublishedVector[]>({
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'scheme', 'secret', 'headers', 'body', 'method', 'valid'],
    properties: { headers: { type: 'object', additionalProperties: { type: 'string' } } },
  },
});

/** Published by the senders; each says where (test/fixtures/README.md). */
export function publishedVectors(): readonly PublishedVector[] {
  const file = join(__dirname, '../../../../test/fixtures/vectors.json');
  const parsed = readJson(readFileSync(file));
  if (parsed.ok && isVectors(parsed.value)) return parsed.value;
  throw new Error(`${file} must hold vectors`);
}

const standard = (brand: string): object => ({
  name: brand,
  type: 'hmac',
  encoding: 'base64',
  from: { header: `${brand}-signature`, split: ' ', prefix: 'v1,' },
  signed: '{id}.{timestamp}.{body}',
  timestamp: { from: { header: `${brand}-timestamp` }, toleranceSeconds: 300 },
  id: { header: `${brand}-id` },
  key: { encoding: 'base64', strip: 'whsec_' },
});

const hex = (header: string, more: object = {}): object => ({ type: 'hmac', from: { header }, ...more });

/** Each published scheme as a document; none needs code. */
export const PUBLISHED_SIGNATURES: Readonly<Record<string, object>> = {
  'easypost-hmac-sha256-hex': {
    type: 'hmac',
    from: { header: 'x-hmac-signature', prefix: 'hmac-sha256-hex=' },
    key: { normalize: 'NFKD' },
  },
  sendcloud: hex('sendcloud-signature'),
  'trackingmore-v4': hex('signature', { signed: '{header:timestamp}' }),
  'uber-hmac-sha256-hex': { type: 'hmac', from: { header: ['x-uber-signature', 'x-postmates-signature'] } },
  'standard-webhooks-v1': [standard('webhook'), standard('svix')],
  'github-sha256': { type: 'hmac', from: { header: 'x-hub-signature-256', prefix: 'sha256=' } },
  'slack-v0': {
    type: 'hmac',
    from: { header: 'x-slack-signature', prefix: 'v0=' },
    signed: 'v0:{timestamp}:{body}',
    timestamp: { from: { header: 'x-slack-request-timestamp' }, toleranceSeconds: 300 },
  },
  'stripe-v1': {
    type: 'hmac',
    from: { header: 'stripe-signature', split: ',', prefix: 'v1=' },
    signed: '{timestamp}.{body}',
    timestamp: { from: { header: 'stripe-signature', split: ',', prefix: 't=' }, toleranceSeconds: 300 },
  },
  'shopify-hmac-sha256-base64': {
    type: 'hmac',
    encoding: 'base64',
    from: { header: 'x-shopify-hmac-sha256' },
  },
};
