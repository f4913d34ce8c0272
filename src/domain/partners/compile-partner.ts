import { type ShipmentStatus } from '#domain/shipments/shipment-status';
import { compileAddressList } from './address-list';
import { acceptsContentType } from './body/body-format';
import { listOf } from './body/json-value';
import { compileRules } from './compile-rules';
import {
  type CompiledPartner,
  type PartnerLimits,
  type PartnerQueueSettings,
  type WebhookRequest,
} from './compiled-partner';
import { type PartnerDocument } from './document/partner-document';
import { type PartnerSecret } from './document/partner-secret';
import { replaySettings } from './replay-settings';
import { type KeySets } from './signature/key-sets';
import { Verifier } from './signature/verifier';

export interface CompileOptions {
  readonly defaultToleranceSeconds: number;
  readonly defaultBodyBytes: number;
  /** What a document without a `queue` block of its own has. */
  readonly defaultQueue?: PartnerQueueSettings;
  readonly revision: number;
  /** With their values: references are resolved, what was encrypted is open. */
  readonly secrets: readonly PartnerSecret[];
  /** Where keys are read from that senders publish. */
  readonly keySets?: KeySets;
}

const USUAL_QUEUE: PartnerQueueSettings = { concurrency: 10, timeoutMs: 30_000, attempts: 5 };

function limitsOf({ limits = {} }: PartnerDocument, defaultBodyBytes: number): PartnerLimits {
  const { perSecond = null, burst = null, bodyBytes = defaultBodyBytes } = limits;
  return { perSecond, burst, bodyBytes };
}

function handshakeOf({ handshake }: PartnerDocument): CompiledPartner['handshake'] {
  if (handshake === undefined) return null;
  const { echo, status = 200 } = handshake;
  return echo === undefined ? { status } : { echo, status };
}

function compileRouting(routing: PartnerDocument['routing'] = true): CompiledPartner['routes'] {
  if (typeof routing === 'boolean') return () => routing;
  const statuses = new Set<ShipmentStatus | null>(routing.statuses);
  return (status) => statuses.has(status);
}

/** Makes a checked document ready to serve requests. Secrets that it cannot use as keys are left out. */
export function compilePartner(document: PartnerDocument, options: CompileOptions): CompiledPartner {
  const { id, name = id, enabled = true, body = {}, ack = {} } = document;
  const { format = 'auto', contentTypes = [] } = body;
  const { defaultToleranceSeconds, secrets, revision, keySets } = options;
  const alternatives = listOf(document.signature);
  const { publicUrl } = document;
  const settings = { alternatives, secrets, defaultToleranceSeconds, keySets, format, publicUrl };
  const verifier = new Verifier(settings);
  return {
    id,
    name,
    enabled,
    revision,
    limits: limitsOf(document, options.defaultBodyBytes),
    queue: { ...USUAL_QUEUE, ...options.defaultQueue, ...document.queue },
    ack: { ...ack, status: ack.status ?? 202 },
    handshake: handshakeOf(document),
    replay: replaySettings(document, defaultToleranceSeconds),
    rules: compileRules(document),
    routes: compileRouting(document.routing),
    allowsAddress: compileAddressList(document.allowIps),
    acceptsContentType: (contentType) => acceptsContentType(format, contentType, contentTypes),
    ...(verifier.mustPrepare && {
      prepare: (request: WebhookRequest) => verifier.prepare(request),
    }),
    verify: (request, now) => verifier.verify(request, now),
  };
}
