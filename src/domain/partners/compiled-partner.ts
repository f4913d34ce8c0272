import type { ShipmentStatus } from '#domain/shipments/shipment-status';

/** A webhook as it came in, before anything of it is believed. */
export interface WebhookRequest {
  readonly method: string;
  /** Path and query exactly as sent, e.g. `/v1/webhooks/acme?token=x`. */
  readonly target: string;
  /** `https` where the sender's connection was encrypted, as far as is known; default `http`. */
  readonly scheme?: string;
  /** The whole URL that the sender signed, where somebody knows it better: a dry run. */
  readonly url?: string;
  /** Node's alternating list of names and values: the only form in which a doubled header can be seen. */
  readonly rawHeaders: readonly string[];
  /** The exact bytes. */
  readonly body: Buffer;
  /** Value of `content-type`, or the empty string. */
  readonly contentType: string;
}

export type RefusalCode = 'INVALID_SIGNATURE' | 'STALE_TIMESTAMP';

export type Verdict =
  | {
      readonly valid: true;
      /** Name of the alternative that matched. */
      readonly alternative: string;
      readonly covers: 'body' | 'part' | 'none';
      /** `null`: none of the partner's secrets, but a key that the sender publishes, or no key at all. */
      readonly secretId: string | null;
      /** What a replay memory remembers this request by; worked out when it is first asked for. */
      readonly nonce: string;
    }
  | {
      readonly valid: false;
      readonly code: RefusalCode;
      /** For the dry run and the metrics; never shown to the sender. */
      readonly reason: string;
    };

/** What of a request is kept in the journal, and so all that rules may read after the answer. */
export interface KeptRequest {
  readonly contentType: string;
  readonly body: Buffer;
  /** Only headers and parameters that the partner's rules name; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

export type ParsedBody =
  | { readonly ok: true; readonly value: unknown }
  /** `path` is a JSON Pointer where one place is to blame. */
  | { readonly ok: false; readonly message: string; readonly path?: string };

/** One thing that happened to one parcel, as a partner's mapping reads it. */
export interface MappedEvent {
  readonly trackingNumber: string;
  /** Stored event key: unique within the partner, the same for the same happening. */
  readonly eventKey: string;
  /** `null`: known to say nothing about the state, or no word given. */
  readonly status: ShipmentStatus | null;
  readonly partnerStatus: string | null;
  readonly occurredAt: Date | null;
  readonly occurredAtSource: 'partner' | 'received';
  readonly orderId?: string;
  readonly shipmentId?: string;
  readonly location?: string;
  readonly description?: string;
  readonly attributes?: unknown;
  readonly correction: boolean;
}

export interface MappingProblem {
  readonly index?: number;
  /** e.g. `MISSING_TRACKING_NUMBER`, `bad_time`, `time_without_zone`, `implausible_time`, `future_time`. */
  readonly code: string;
  readonly value?: string;
}

export interface MappingResult {
  readonly events: readonly MappedEvent[];
  /** Partner words that the status table does not know. */
  readonly unmapped: readonly string[];
  readonly problems: readonly MappingProblem[];
  /** How many items were test traffic: kept, never applied. */
  readonly testItems: number;
}

export interface MappingInput extends KeptRequest {
  readonly eventId: string;
  readonly receivedAt: Date;
  readonly schemaVersion: string;
}

/** What `map` rejects with when nothing of the body can be applied; ends as a dead letter with this reason. */
export type MappingFailureCode = 'UNPARSABLE_BODY' | 'MAPPING_FAILED' | 'UNSUPPORTED_SCHEMA_VERSION';

/** How bodies of one format are read: identity at the intake, shipment events in the worker. */
export interface EventRules {
  readonly keptHeaders: readonly string[];
  readonly keptQuery: readonly string[];
  /** Parses once; the value is handed to the calls below. */
  parse(body: Buffer, contentType: string): ParsedBody;
  /** Always gives a key: falls back to the body's digest where a part is missing or the body has no value. */
  dedupeKey(kept: KeptRequest, parsed: ParsedBody): string;
  schemaVersion(kept: KeptRequest, parsed: ParsedBody): string;
  /** 1 to 10, lower is sooner. */
  priority(kept: KeptRequest, parsed: ParsedBody): number;
  /** Rejects with `MappingError` where nothing can be applied, with `MappingTimeoutError` where time may heal it. */
  map(input: MappingInput): Promise<MappingResult>;
}

export interface PartnerLimits {
  /** `null`: the deployment's default. */
  readonly perSecond: number | null;
  /** `null`: what two seconds may bring. */
  readonly burst: number | null;
  readonly bodyBytes: number;
}

export interface PartnerQueueSettings {
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly attempts: number;
}

export interface PartnerAck {
  readonly status: number;
  /** Sent instead of the gateway's own answer when set. */
  readonly body?: string;
  readonly contentType?: string;
}

export interface PartnerReplay {
  readonly policy: 'acknowledge' | 'reject';
  readonly windowSeconds: number;
  /** By route. False where the journal's identity alone makes a second effect impossible. */
  readonly needsNonce: { readonly partner: boolean; readonly canonical: boolean };
}

/** A partner's document, ready to serve requests; immutable, so a request sees one version throughout. */
export interface CompiledPartner {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly revision: number;
  readonly limits: PartnerLimits;
  readonly queue: PartnerQueueSettings;
  readonly ack: PartnerAck;
  readonly handshake: { readonly echo?: string; readonly status: number } | null;
  readonly replay: PartnerReplay;
  readonly rules: EventRules;
  /** Whether the routing service is asked about an event of this status, where there is such a service. */
  routes(status: ShipmentStatus | null): boolean;
  allowsAddress(address: string): boolean;
  /** True where this media type can hold a body of the partner's format. */
  acceptsContentType(contentType: string): boolean;
  /**
   * Only of partners whose senders publish their keys: to be awaited before `verify` where it gives a promise.
   * Never rejects; what it could not get, `verify` misses.
   */
  readonly prepare?: (request: WebhookRequest) => Promise<unknown> | undefined;
  /** Throws where there can be no verdict for a reason of ours, such as keys out of reach. */
  verify(request: WebhookRequest, now: Date): Verdict;
}
