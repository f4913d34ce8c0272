import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { SHIPMENT_STATUSES, type ShipmentStatus } from '#domain/shipments/shipment-status';
import { type TimelineEntry } from '#domain/shipments/timeline';
import { RoutingView } from './routing.view';

/** One thing that happened to a parcel. */
@ApiSchema({ name: 'TimelineEntry' })
export class TimelineEntryView {
  @ApiProperty({
    type: String,
    description: 'The inbound event that told it.',
    example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf',
  })
  readonly eventId: string;

  @ApiProperty({
    enum: SHIPMENT_STATUSES,
    enumName: 'ShipmentStatus',
    nullable: true,
    description: '`null` where it says nothing about the state.',
    example: 'picked_up',
  })
  readonly status: ShipmentStatus | null;

  @ApiProperty({ type: String, nullable: true, description: "The partner's own word.", example: 'PICKUP' })
  readonly partnerStatus: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '`null` where the partner gave no time; then the time of arrival orders it.',
    example: '2025-05-31T07:55:00.000Z',
  })
  readonly occurredAt: Date | null;

  @ApiProperty({ enum: ['partner', 'received'], example: 'partner' })
  readonly occurredAtSource: 'partner' | 'received';

  @ApiProperty({ type: String, format: 'date-time', example: '2025-05-31T08:00:00.120Z' })
  readonly recordedAt: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When a replay put a new reading of the event here; absent where none did.',
    example: '2025-06-03T09:30:00.000Z',
  })
  readonly revisedAt?: Date;

  @ApiProperty({
    type: Boolean,
    description: 'It was recorded after something that comes later in this order.',
    example: false,
  })
  readonly late: boolean;

  @ApiProperty({ type: Boolean, description: 'It may change a terminal state.', example: false })
  readonly correction: boolean;

  @ApiPropertyOptional({ type: String, example: 'ORD-2025-1187' })
  readonly orderId?: string;

  @ApiPropertyOptional({ type: String, example: 'SHP-9' })
  readonly shipmentId?: string;

  @ApiPropertyOptional({ type: String, example: 'Hamburg, DE' })
  readonly location?: string;

  @ApiPropertyOptional({ type: String, example: 'Picked up by the driver' })
  readonly description?: string;

  @ApiPropertyOptional({ type: RoutingView, description: 'Decided when it became the state.' })
  readonly routing?: RoutingView;

  @ApiPropertyOptional({
    description: 'Whatever else the mapping of the partner kept.',
    example: { weightGrams: 1200 },
  })
  readonly attributes?: unknown;

  constructor({ event, late }: TimelineEntry) {
    this.eventId = event.eventId;
    this.status = event.status;
    this.partnerStatus = event.partnerStatus;
    this.occurredAt = event.occurredAt;
    this.occurredAtSource = event.occurredAtSource;
    this.recordedAt = event.recordedAt;
    if (event.revisedAt !== undefined) this.revisedAt = event.revisedAt;
    this.late = late;
    this.correction = event.correction;
    if (event.orderId !== undefined) this.orderId = event.orderId;
    if (event.shipmentId !== undefined) this.shipmentId = event.shipmentId;
    if (event.location !== undefined) this.location = event.location;
    if (event.description !== undefined) this.description = event.description;
    if (event.routing !== undefined) this.routing = new RoutingView(event.routing);
    if (event.attributes !== undefined) this.attributes = event.attributes;
  }
}

@ApiSchema({ name: 'Timeline' })
export class TimelineView {
  @ApiProperty({ type: [TimelineEntryView], description: 'Oldest first, by the order of events.' })
  readonly items: readonly TimelineEntryView[];

  constructor(entries: readonly TimelineEntry[]) {
    this.items = entries.map((entry) => new TimelineEntryView(entry));
  }
}
