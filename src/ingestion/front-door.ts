import { Injectable } from '@nestjs/common';
import { type CompiledPartner, type Verdict, type WebhookRequest } from '#domain/partners/compiled-partner';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { SecretUses } from '#domain/partners/secret-uses';
import { KeySetUnavailableError } from '#domain/partners/signature/key-set-unavailable';
import { readRawBody } from '#platform/http/raw-body';
import { AddressLimits } from '#platform/limits/address-limits';
import { type IncomingWebhook } from './incoming-webhook';
import { IntakeSettings } from './intake-settings';
import { PartnerLimiters } from './partner-limiters';
import * as refusals from './refusals';

/** A request whose sender is known for sure. */
export interface ProvenWebhook {
  readonly partner: CompiledPartner;
  readonly request: WebhookRequest;
  readonly verdict: Extract<Verdict, { readonly valid: true }>;
  /** When its body was complete, by `performance.now()`. */
  readonly readAt: number;
}

/** Keys that the sender publishes and that we could not read are no fault of the request. */
function verdictOn(request: WebhookRequest, partner: CompiledPartner, now: Date): Verdict {
  try {
    return partner.verify(request, now);
  } catch (error) {
    throw error instanceof KeySetUnavailableError ? refusals.unavailable() : error;
  }
}

/** Everything that is asked before a request is believed, in the order that the contract fixes. */
@Injectable()
export class FrontDoor {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly settings: IntakeSettings,
    private readonly addresses: AddressLimits,
    private readonly limits: PartnerLimiters,
    private readonly uses: SecretUses,
  ) {}

  /** Before anything else. Throws, or gives a promise where it cannot say at once; `undefined`: go on. */
  admitAddress({ address }: IncomingWebhook): Promise<void> | undefined {
    return this.addresses.admit(address);
  }

  /** Only for a sender that has proven who it is: nobody else can use up its limit. */
  admitSender(partner: CompiledPartner): Promise<void> | undefined {
    return this.limits.admit(partner);
  }

  /** The partner that the request is for; throws for one that may not send now. */
  admit({ partnerId, address, raw }: IncomingWebhook): CompiledPartner {
    const partner = this.partners.find(partnerId);
    if (partner === undefined) throw this.whyUnknown(partnerId);
    if (!partner.enabled) throw refusals.partnerDisabled();
    if (this.partners.isBroken(partnerId)) throw refusals.unavailable();
    if (!partner.allowsAddress(address)) throw refusals.addressNotAllowed();
    const encoding = raw.headers['content-encoding'];
    if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
      throw refusals.unsupportedMediaType('Bodies are taken as they are signed: send no content-encoding.');
    }
    if (!partner.acceptsContentType(raw.headers['content-type'] ?? '')) {
      throw refusals.unsupportedMediaType('This partner cannot send this content-type.');
    }
    return partner;
  }

  /** Reads the body within the partner's limit, and proves who sent it. */
  async prove(incoming: IncomingWebhook, partner: CompiledPartner): Promise<ProvenWebhook> {
    const { raw } = incoming;
    const body = await readRawBody(raw, {
      limitBytes: partner.limits.bodyBytes,
      timeoutMs: this.settings.bodyTimeoutMs,
    });
    const readAt = performance.now();
    const request: WebhookRequest = {
      method: raw.method ?? 'POST',
      target: raw.url ?? '/',
      rawHeaders: raw.rawHeaders,
      body,
      contentType: raw.headers['content-type'] ?? '',
    };
    const preparing = partner.prepare?.(request);
    if (preparing !== undefined) await preparing;
    const now = new Date();
    const verdict = verdictOn(request, partner, now);
    if (verdict.valid) {
      if (verdict.secretId !== null) this.uses.note(partner.id, verdict.secretId, now.getTime());
      return { partner, request, verdict, readAt };
    }
    throw verdict.code === 'STALE_TIMESTAMP' ? refusals.staleTimestamp() : refusals.invalidSignature();
  }

  /** Before the partners were read, an unknown id is a fault of ours: senders take a 404 as final. */
  private whyUnknown(partnerId: string): Error {
    const ours = !this.partners.loaded || this.partners.isBroken(partnerId);
    return ours ? refusals.unavailable() : refusals.unknownPartner();
  }
}
