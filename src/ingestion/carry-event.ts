import { type NewInboundEvent } from '#domain/events/inbound-event';
import { type CarriedEvent } from '#platform/jobs/carried-event';

/** For the queue, while the journal cannot be reached. */
export const carryEvent = (event: NewInboundEvent): CarriedEvent => ({
  eventId: event.eventId,
  dedupeKey: event.dedupeKey,
  receivedAt: event.receivedAt.toISOString(),
  format: event.format,
  contentType: event.contentType,
  headers: { ...event.headers },
  query: { ...event.query },
  bodyBase64: event.body.toString('base64'),
  schemaVersion: event.schemaVersion,
  priority: event.priority,
  traceId: event.traceId,
  traceparent: event.traceparent,
});
