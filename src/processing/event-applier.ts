import { Injectable, Logger } from '@nestjs/common';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { isOutage } from '#platform/mongo/outage';
import { type ProcessingFailure, transient } from './processing-failure';
import { type Reading } from './reading';
import { ContentionError, ShipmentProjector } from './shipment-projector';

/** Appends what events say to the history and brings the shipments up to it. */
@Injectable()
export class EventApplier {
  private readonly logger = new Logger('EventApplier');

  constructor(
    private readonly history: ShipmentHistoryRepository,
    private readonly projector: ShipmentProjector,
  ) {}

  /**
   * All of them with one write per collection. Where that fails through one of them, each is tried alone, so
   * that the others are none the worse. Gives the failures by event id; rejects on an outage of ours, which
   * is no event's fault.
   */
  async apply(readings: readonly Reading[]): Promise<ReadonlyMap<string, ProcessingFailure>> {
    const failures = new Map<string, ProcessingFailure>();
    try {
      await this.applyTogether(readings);
    } catch (error) {
      if (isOutage(error)) throw error;
      for (const reading of readings) {
        const failure = await this.applyAlone(reading);
        if (failure) failures.set(reading.event.eventId, failure);
      }
    }
    return failures;
  }

  private async applyTogether(readings: readonly Reading[]): Promise<void> {
    const events = readings.flatMap(({ shipmentEvents }) => shipmentEvents);
    if (events.length === 0) return;
    // Also what the history already had, as it is there: a crash may lie between the two writes.
    await this.projector.project(await this.history.append(events));
  }

  private async applyAlone(reading: Reading): Promise<ProcessingFailure | undefined> {
    try {
      await this.applyTogether([reading]);
      return undefined;
    } catch (error) {
      if (isOutage(error)) throw error;
      const { eventId, partnerId, traceId } = reading.event;
      this.logger.warn({ err: error, eventId, partnerId, traceId }, 'event could not be applied');
      const why = error instanceof ContentionError ? error.message : 'the stores did not take the event';
      return transient('INTERNAL', why);
    }
  }
}
