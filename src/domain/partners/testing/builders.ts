import { compilePartner } from '../compile-partner';
import { compileRules } from '../compile-rules';
import {
  type CompiledPartner,
  type EventRules,
  type KeptRequest,
  type MappingResult,
  type WebhookRequest,
} from '../compiled-partner';
import { type PartnerDocument } from '../document/partner-document';
import { type PartnerSecret } from '../document/partner-secret';
import { parsePartnerDocument, type Presets } from '../parse-partner-document';

/** Builders for tests of partners: what a test does not name is as plain as it may be. */

const NO_PRESETS: Presets = { get: () => undefined, names: () => [] };
const PLAIN = { id: 'acme', signature: { type: 'hmac', from: { header: 'x-signature' } } };

export const NOW = new Date('2026-09-01T12:00:00.000Z');

export function aDocument(over: object = {}, presets = NO_PRESETS): PartnerDocument {
  const parsed = parsePartnerDocument({ ...PLAIN, ...over }, presets);
  if (parsed.ok) return parsed.document;
  throw new Error(parsed.faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
}

export const aSecret = (value: string, over: Partial<PartnerSecret> = {}): PartnerSecret => ({
  id: 'secret-1',
  value,
  createdAt: new Date(0),
  ...over,
});

export function aPartner(
  over: object,
  secrets: readonly (string | PartnerSecret)[],
  presets = NO_PRESETS,
): CompiledPartner {
  return compilePartner(aDocument(over, presets), {
    defaultToleranceSeconds: 60,
    defaultBodyBytes: 262_144,
    revision: 1,
    secrets: secrets.map((secret) => (typeof secret === 'string' ? aSecret(secret) : secret)),
  });
}

export interface RequestParts extends Partial<Omit<WebhookRequest, 'rawHeaders' | 'body'>> {
  /** A list of values is a header that is sent more than once. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export function aRequest({ headers = {}, body = '', ...over }: RequestParts = {}): WebhookRequest {
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).flatMap((one) => [name, one]),
  );
  return {
    method: 'POST',
    target: '/v1/webhooks/acme',
    contentType: 'application/json',
    ...over,
    rawHeaders: ['Host', 'gateway.example', ...rawHeaders],
    body: Buffer.from(body),
  };
}

export const kept = (body: unknown, over: Partial<KeptRequest> = {}): KeptRequest => ({
  contentType: 'application/json',
  body: typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
  headers: {},
  query: {},
  ...over,
});

export const rulesOf = (over: object, presets = NO_PRESETS): EventRules =>
  compileRules(aDocument(over, presets));

export const mapped = (
  rules: EventRules,
  body: unknown,
  over: Partial<KeptRequest> = {},
): Promise<MappingResult> =>
  rules.map({ ...kept(body, over), eventId: 'evt_1', receivedAt: NOW, schemaVersion: '1' });
