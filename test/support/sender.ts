import { aCanonicalEvent, type CanonicalEvent } from '../builders/a-canonical-event';
import { type GatewayProcess, SIGNING_SECRET } from './gateway-process';
import { type Answer, call } from './http';
import { standardWebhookHeaders } from './standard-webhooks';

/** Sends a canonical event, signed, as the partner `default`. */
export function send(gateway: Pick<GatewayProcess, 'url'>, event: CanonicalEvent): Promise<Answer> {
  const body = JSON.stringify(event);
  return call('POST', `${gateway.url}/v1/events/courier`, {
    headers: {
      'content-type': 'application/json',
      ...standardWebhookHeaders({ secret: SIGNING_SECRET, body, id: `msg_${event.eventId}` }),
    },
    body,
  });
}

/** What was promised to a sender: the events that were answered 202. */
export class Promises {
  readonly kept: CanonicalEvent[] = [];

  constructor(private readonly gateways: readonly Pick<GatewayProcess, 'url'>[]) {}

  get trackingNumbers(): string[] {
    return this.kept.map(({ payload }) => payload.trackingNumber);
  }

  /** Sends `count` events, `together` at a time; an event without an answer is no promise. */
  async send(count: number, together = 50): Promise<void> {
    for (let sent = 0; sent < count; sent += together) {
      const group = Array.from({ length: Math.min(together, count - sent) }, () => this.sendOne());
      await Promise.all(group);
    }
  }

  private async sendOne(): Promise<void> {
    const gateway = this.gateways[Math.floor(Math.random() * this.gateways.length)];
    const event = aCanonicalEvent();
    const answer = gateway && (await send(gateway, event).catch(() => undefined));
    if (answer?.status === 202) this.kept.push(event);
  }
}
