import { type IncomingMessage } from 'node:http';
import { type EventFormat } from '#domain/events/inbound-event';

/** A request to the intake, its body still unread. */
export interface IncomingWebhook {
  readonly partnerId: string;
  readonly format: EventFormat;
  readonly raw: IncomingMessage;
  /** The sender's address, as far as proxies are believed. */
  readonly address: string;
  readonly traceId: string;
  readonly traceparent: string;
}
