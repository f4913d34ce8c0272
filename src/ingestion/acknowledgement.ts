import { type NewInboundEvent } from '#domain/events/inbound-event';
import { type Receipt } from './group-writer';
import { type Accepted } from './intake.service';

export interface Acknowledgement {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** The answer to an accepted webhook: the partner's own where it asks for one, else the gateway's. */
export function acknowledgement({ partner, event, receipt }: Accepted): Acknowledgement {
  const { status, body, contentType } = partner.ack;
  if (body !== undefined) return { status, contentType: contentType ?? 'text/plain; charset=utf-8', body };
  return { status, contentType: JSON_TYPE, body: answerTo(event, receipt) };
}

/** Written by hand, as it is written for every event: all but the key is ours and needs no escaping. */
const answerTo = ({ eventId, dedupeKey, traceId }: NewInboundEvent, receipt: Receipt): string =>
  `{"acknowledged":true,"eventId":"${eventId}","idempotencyKey":${JSON.stringify(dedupeKey)},` +
  `"duplicate":${receipt.duplicate},"queued":${receipt.queued},"journaled":${receipt.journaled},` +
  `"receivedAt":"${receipt.receivedAt.toISOString()}","traceId":"${traceId}"}`;
