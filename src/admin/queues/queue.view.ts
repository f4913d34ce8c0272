import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type EventStatus } from '#domain/events/inbound-event';
import { type QueuePause } from '#domain/partners/stored-partner';
import { PageOf } from '#platform/http/page.view';

export interface QueueFacts {
  readonly partnerId: string;
  readonly pause: QueuePause | undefined;
  /** `undefined`: the queue cannot be reached. */
  readonly batches: BatchCounts | undefined;
  readonly events: ReadonlyMap<EventStatus, number>;
  readonly oldestEventAt: Date | undefined;
}

@ApiSchema({ name: 'BatchCounts' })
export class BatchCounts {
  @ApiProperty({ type: 'integer', example: 3 })
  readonly waiting: number = 0;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly active: number = 0;

  @ApiProperty({ type: 'integer', description: 'Retries that are not due yet.', example: 0 })
  readonly delayed: number = 0;
}

@ApiSchema({ name: 'UnfinishedEvents' })
export class UnfinishedEvents {
  @ApiProperty({ type: 'integer', example: 240 })
  readonly received: number;

  @ApiProperty({ type: 'integer', example: 100 })
  readonly processing: number;

  @ApiProperty({ type: 'integer', example: 0 })
  readonly retry_scheduled: number;

  constructor(counts: QueueFacts['events']) {
    this.received = counts.get('received') ?? 0;
    this.processing = counts.get('processing') ?? 0;
    this.retry_scheduled = counts.get('retry_scheduled') ?? 0;
  }
}

/** The queue of one partner. */
@ApiSchema({ name: 'PartnerQueue' })
export class QueueView {
  @ApiProperty({ type: String, example: 'acme' })
  readonly partnerId: string;

  @ApiProperty({
    type: Boolean,
    description: 'Whether its events wait. What comes in is taken all the same.',
  })
  readonly paused: boolean;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  readonly pausedAt?: Date;

  @ApiPropertyOptional({ type: String, description: 'Name of the key that it was done with.' })
  readonly pausedBy?: string;

  @ApiProperty({
    type: BatchCounts,
    nullable: true,
    description: 'Each names up to 100 events. `null` while Redis cannot be reached.',
  })
  readonly batches: BatchCounts | null;

  @ApiProperty({ type: UnfinishedEvents, description: 'Events of the journal that are not finished.' })
  readonly events: UnfinishedEvents;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When the oldest of them came in; absent where there is none.',
  })
  readonly oldestEventAt?: Date;

  constructor({ partnerId, pause, batches, events, oldestEventAt }: QueueFacts) {
    this.partnerId = partnerId;
    this.paused = pause !== undefined;
    if (pause !== undefined) {
      this.pausedAt = pause.at;
      this.pausedBy = pause.by;
    }
    this.batches = batches ?? null;
    this.events = new UnfinishedEvents(events);
    if (oldestEventAt !== undefined) this.oldestEventAt = oldestEventAt;
  }
}

@ApiSchema({ name: 'QueuePage' })
export class QueuePageView extends PageOf(QueueView) {}
