import { type NewInboundEvent } from '#domain/events/inbound-event';
import { type CarriedEvent } from '#platform/jobs/carried-event';

/** Back from the queue, to be journaled as if it had just come in; `receivedAt` stays. */
export const uncarryEvent = (partnerId: string, event: CarriedEvent): NewInboundEvent => ({
  eventId: event.eventId,
  partnerId,
  dedupeKey: event.dedupeKey,
  receivedAt: new Date(event.receivedAt),
  format: event.format === 'canonical' ? 'canonical' : 'partner',
  contentType: event.contentType,
  headers: event.headers,
  query: event.query,
  body: Buffer.from(event.bodyBase64, 'base64'),
  schemaVersion: event.schemaVersion,
  priority: event.priority,
  traceId: event.traceId,
  traceparent: event.traceparent,
});
