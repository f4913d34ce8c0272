import { Injectable } from '@nestjs/common';
import { type NewInboundEvent } from '#domain/events/inbound-event';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { EventReader } from './event-reader';
import { EventWriter } from './event-writer';
import { FrontDoor } from './front-door';
import { type Receipt } from './group-writer';
import { type IncomingWebhook } from './incoming-webhook';
import { IntakeSettings } from './intake-settings';
import * as refusals from './refusals';

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
    private readonly reader: EventReader,
    private readonly writer: EventWriter,
    private readonly settings: IntakeSettings,
  ) {}

  /** Throws a `ProblemError` for what is not taken. */
  async accept(incoming: IncomingWebhook): Promise<Accepted> {
    const partner = this.door.admit(incoming);
    const proven = await this.door.prove(incoming, partner);
    const deadline = performance.now() + this.settings.ackTimeoutMs;
    const event = this.reader.read(incoming, proven, new Date());
    const receipt = await this.keep(event, deadline);
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
