import { Injectable, Logger } from '@nestjs/common';
import { readPosition, writePosition } from '#domain/listing/list-position';
import { type OperationOf, type PageDone } from '#domain/operations/operation';
import { KeptEventReader } from '#domain/replay/kept-event-reader';
import { KeptEventsRepository } from '#domain/replay/kept-events.repository';
import { isChanged, type ReplayItem } from '#domain/replay/replay-item';
import { ReplayPages } from '#domain/replay/replay-pages';
import { shipmentIdOf } from '#domain/shipments/shipment';
import { type OperationWork } from './operation-work';
import { ReplayedHistory } from './replayed-history';

/** Reads kept events by today's mapping again and lets history and shipments follow. Nothing is routed or notified. */
@Injectable()
export class ReplayEvents implements OperationWork<'replay_events'> {
  private readonly logger = new Logger('Replay');

  constructor(
    private readonly reader: KeptEventReader,
    private readonly pages: ReplayPages,
    private readonly history: ReplayedHistory,
    private readonly kept: KeptEventsRepository,
  ) {}

  async page(operation: OperationOf<'replay_events'>, limit: number): Promise<PageDone> {
    // Who has just mended a mapping means that one, wherever this process has got to.
    await this.reader.useLatestRules();
    const after = readPosition(operation.cursor);
    const { items, next } = await this.pages.page(operation.filter, limit, after);
    const left = await this.history.follow(items, operation.createdAt);
    await this.kept.nowApplied(appliedNow(items));
    const failed = items.filter((item) => item.problem !== undefined || isAbout(item, left));
    for (const { event, problem } of failed) this.tell(operation.id, event.eventId, problem?.code);
    return {
      done: items.length - failed.length,
      failed: failed.length,
      changed: items.filter((item) => isChanged(item) && !failed.includes(item)).length,
      cursor: next && writePosition(next),
    };
  }

  private tell(operationId: string, eventId: string, errorCode = 'INTERNAL'): void {
    this.logger.warn({ operationId, eventId, errorCode }, 'event could not be replayed, or not all of it');
  }
}

const isAbout = ({ shipmentEvents }: ReplayItem, parcels: ReadonlySet<string>): boolean =>
  shipmentEvents.some((event) => parcels.has(shipmentIdOf(event)));

const appliedNow = (items: readonly ReplayItem[]): readonly string[] =>
  items
    .filter(({ event, shipmentEvents }) => event.status === 'ignored' && shipmentEvents.length > 0)
    .map(({ event }) => event.eventId);
