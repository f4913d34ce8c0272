import { Injectable } from '@nestjs/common';
import { type CompiledPartner, type WebhookRequest } from '#domain/partners/compiled-partner';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { readRawBody } from '#platform/http/raw-body';
import { type IncomingWebhook } from './incoming-webhook';
import { IntakeSettings } from './intake-settings';
import * as refusals from './refusals';

/** A request whose sender is known for sure. */
export interface ProvenWebhook {
  readonly partner: CompiledPartner;
  readonly request: WebhookRequest;
}

/** Everything that is asked before a request is believed, in the order that the contract fixes. */
@Injectable()
export class FrontDoor {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly settings: IntakeSettings,
  ) {}

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
    const request: WebhookRequest = {
      method: raw.method ?? 'POST',
      target: raw.url ?? '/',
      rawHeaders: raw.rawHeaders,
      body,
      contentType: raw.headers['content-type'] ?? '',
    };
    const verdict = partner.verify(request, new Date());
    if (verdict.valid) return { partner, request };
    throw verdict.code === 'STALE_TIMESTAMP' ? refusals.staleTimestamp() : refusals.invalidSignature();
  }

  /** Before the partners were read, an unknown id is a fault of ours: senders take a 404 as final. */
  private whyUnknown(partnerId: string): Error {
    const ours = !this.partners.loaded || this.partners.isBroken(partnerId);
    return ours ? refusals.unavailable() : refusals.unknownPartner();
  }
}
