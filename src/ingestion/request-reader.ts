import { Injectable } from '@nestjs/common';
import { eventIdOf } from '#domain/events/event-id';
import { type EventFormat, type NewInboundEvent } from '#domain/events/inbound-event';
import { canonicalEventProblems, CANONICAL_SCHEMA_VERSIONS } from '#domain/partners/canonical-event';
import { type EventRules, type KeptRequest, type ParsedBody } from '#domain/partners/compiled-partner';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { keptHeaders, keptQuery } from '#domain/partners/rules/kept-parts';
import { ProblemError } from '#platform/http/problem';
import { type ProvenWebhook } from './front-door';
import { type IncomingWebhook } from './incoming-webhook';
import * as refusals from './refusals';

/** Makes an inbound event of a request that was proven: its identity, and what of it is kept. */
@Injectable()
export class RequestReader {
  constructor(private readonly partners: PartnerDirectory) {}

  /** Throws for what its sender must put right: an empty body, or a canonical event that is none. */
  read(incoming: IncomingWebhook, { partner, request }: ProvenWebhook, receivedAt: Date): NewInboundEvent {
    if (request.body.length === 0) throw refusals.emptyBody();
    const rules = this.rulesFor(incoming.format, partner.rules);
    const kept: KeptRequest = {
      contentType: request.contentType,
      body: request.body,
      headers: keptHeaders(rules, incoming.raw.headers),
      query: keptQuery(rules, request.target),
    };
    const parsed = rules.parse(request.body, request.contentType);
    const schemaVersion = rules.schemaVersion(kept, parsed);
    if (incoming.format === 'canonical') refuseUnlessCanonical(parsed, schemaVersion);
    const dedupeKey = rules.dedupeKey(kept, parsed);
    // Member by member: a spread into a larger literal costs more than the signature check.
    return {
      contentType: kept.contentType,
      body: kept.body,
      headers: kept.headers,
      query: kept.query,
      eventId: eventIdOf(partner.id, dedupeKey),
      partnerId: partner.id,
      dedupeKey,
      receivedAt,
      format: incoming.format,
      schemaVersion,
      priority: rules.priority(kept, parsed),
      traceId: incoming.traceId,
      traceparent: incoming.traceparent,
    };
  }

  private rulesFor(format: EventFormat, own: EventRules): EventRules {
    return format === 'canonical' ? this.partners.canonicalRules : own;
  }
}

/** The sender chose our format, so it hears what is wrong with it; a partner's own format is kept as it is. */
function refuseUnlessCanonical(parsed: ParsedBody, schemaVersion: string): void {
  if (!parsed.ok) {
    throw new ProblemError('INVALID_PAYLOAD', 'The body is not the JSON that was expected.', {
      errors: [{ path: parsed.path ?? '', message: parsed.message }],
    });
  }
  if (!CANONICAL_SCHEMA_VERSIONS.includes(schemaVersion)) {
    const known = CANONICAL_SCHEMA_VERSIONS.join(', ');
    throw new ProblemError('UNSUPPORTED_SCHEMA_VERSION', `schemaVersion must be one of: ${known}.`);
  }
  const errors = canonicalEventProblems(parsed.value);
  if (errors.length > 0) {
    throw new ProblemError('INVALID_PAYLOAD', 'The body is not a canonical event.', { errors: [...errors] });
  }
}
