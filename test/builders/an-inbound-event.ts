import { randomUUID } from 'node:crypto';
import { eventIdOf } from '#domain/events/event-id';
import { type NewInboundEvent } from '#domain/events/inbound-event';

/** A verified webhook, about to be kept; its id is derived from partner and dedupe key as always. */
export function anInboundEvent(over: Partial<Omit<NewInboundEvent, 'eventId'>> = {}): NewInboundEvent {
  const partnerId = over.partnerId ?? 'acme';
  const dedupeKey = over.dedupeKey ?? `key-${randomUUID()}`;
  return {
    receivedAt: new Date(),
    format: 'canonical',
    contentType: 'application/json',
    headers: {},
    query: {},
    body: Buffer.from('{}'),
    schemaVersion: '1',
    priority: 5,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
    ...over,
    partnerId,
    dedupeKey,
    eventId: eventIdOf(partnerId, dedupeKey),
  };
}
