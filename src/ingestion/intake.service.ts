import { Injectable } from '@nestjs/common';
import { type NewInboundEvent } from '#domain/events/inbound-event';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { RequestReader } from './request-reader';
import { EventWriter } from './event-writer';
import { FrontDoor, type ProvenWebhook } from './front-door';
import { type Receipt } from './group-writer';
import { type IncomingWebhook } from './incoming-webhook';
import { IntakeSettings } from './intake-settings';
import * as refusals from './refusals';
import { ReplayGuard, type Sighting } from './replay-guard';

/** A request that was taken: what was kept of it, and what is promised. */
export interface Accepted {
  readonly partner: CompiledPartner;
  readonly event: NewInboundEvent;
  readonly receipt: Receipt;
}

/** The way of a webhook from the open port to a durable store. */
@Injectable()
export class IntakeService {
  constructor(
    private readonly door: FrontDoor,
    private readonly reader: RequestReader,
    private readonly writer: EventWriter,
    private readonly replays: ReplayGuard,
    private readonly settings: IntakeSettings,
  ) {}

  /** Throws a `ProblemError` for what is not taken. Waits for a limit only where it cannot say at once. */
  async accept(incoming: IncomingWebhook): Promise<Accepted> {
    const crowd = this.door.admitAddress(incoming);
    if (crowd !== undefined) await crowd;
    const partner = this.door.admit(incoming);
    const proven = await this.door.prove(incoming, partner);
    const deadline = proven.readAt + this.settings.ackTimeoutMs;
    const rate = this.door.admitSender(partner);
    if (rate !== undefined) await rate;
    const event = this.reader.read(incoming, proven, new Date());
    if (partner.replay.needsNonce[incoming.format]) return this.keepOnce(proven, event, deadline);
    const receipt = await this.keep(event, deadline);
    return { partner, event, receipt };
  }

  private async keepOnce(
    { partner, verdict }: ProvenWebhook,
    event: NewInboundEvent,
    deadline: number,
  ): Promise<Accepted> {
    const { nonce } = verdict;
    const sighting = await this.replays.look(partner, nonce, event);
    if (sighting.kind === 'replay') return firstAnswer(partner, event, sighting);
    const receipt = await this.keep(event, deadline);
    if (sighting.kind === 'again' && receipt.duplicate) refuseIfAsked(partner);
    if (!receipt.journaled) await this.replays.carried(partner, nonce, event, sighting.note);
    return { partner, event, receipt };
  }

  private async keep(event: NewInboundEvent, deadline: number): Promise<Receipt> {
    try {
      return await this.writer.write({ event, deadline });
    } catch {
      // Whatever the cause, it is ours: never a 4xx, which a sender would take as final.
      throw refusals.unavailable();
    }
  }
}

function refuseIfAsked({ replay }: CompiledPartner): void {
  if (replay.policy === 'reject') throw refusals.replayed();
}

/** The same answer as the first time, whatever was changed that the signature does not cover. */
function firstAnswer(
  partner: CompiledPartner,
  event: NewInboundEvent,
  { first, journaled }: Extract<Sighting, { readonly kind: 'replay' }>,
): Accepted {
  refuseIfAsked(partner);
  const { eventId, dedupeKey, receivedAt } = first;
  return {
    partner,
    event: { ...event, eventId, dedupeKey },
    receipt: { duplicate: true, receivedAt, queued: true, journaled },
  };
}
