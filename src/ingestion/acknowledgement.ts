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
  const answer = {
    acknowledged: true,
    eventId: event.eventId,
    idempotencyKey: event.dedupeKey,
    duplicate: receipt.duplicate,
    queued: receipt.queued,
    journaled: receipt.journaled,
    receivedAt: receipt.receivedAt,
    traceId: event.traceId,
  };
  return { status, contentType: JSON_TYPE, body: JSON.stringify(answer) };
}
