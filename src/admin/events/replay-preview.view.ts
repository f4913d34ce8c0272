import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { SHIPMENT_STATUSES, type ShipmentStatus } from '#domain/shipments/shipment-status';
import { type ReplayPreview, type SampledChange } from './replay-preview';

@ApiSchema({ name: 'ReplayReading' })
export class ReplayReadingView {
  @ApiProperty({ type: String, example: 'JD014600006281230704' })
  readonly trackingNumber: string;

  @ApiProperty({
    enum: SHIPMENT_STATUSES,
    enumName: 'ShipmentStatus',
    nullable: true,
    example: 'delivered',
  })
  readonly status: ShipmentStatus | null;

  @ApiProperty({ type: String, nullable: true, example: 'ZUGESTELLT' })
  readonly partnerStatus: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2025-06-01T11:58:00.000Z' })
  readonly occurredAt: Date | null;

  @ApiProperty({ type: String, description: 'The same for the same happening.', example: 'x1SmZ4Zp2Pj0' })
  readonly eventKey: string;

  constructor(event: ShipmentEvent) {
    this.trackingNumber = event.trackingNumber;
    this.status = event.status;
    this.partnerStatus = event.partnerStatus;
    this.occurredAt = event.occurredAt;
    this.eventKey = event.eventKey;
  }
}

@ApiSchema({ name: 'ReplayChange' })
export class ReplayChangeView {
  @ApiProperty({ type: String, example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf' })
  readonly eventId: string;

  @ApiProperty({
    type: [ReplayReadingView],
    description: 'What the history holds by its word, of the parcels that it names today.',
  })
  readonly before: readonly ReplayReadingView[];

  @ApiProperty({ type: [ReplayReadingView], description: 'What it says by the mapping of today.' })
  readonly after: readonly ReplayReadingView[];

  constructor({ eventId, before, after }: SampledChange) {
    this.eventId = eventId;
    this.before = before.map((event) => new ReplayReadingView(event));
    this.after = after.map((event) => new ReplayReadingView(event));
  }
}

@ApiSchema({ name: 'ReplayProblem' })
export class ReplayProblemView {
  @ApiProperty({ type: String, example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf' })
  readonly eventId: string = '';

  @ApiProperty({ type: String, example: 'MAPPING_FAILED' })
  readonly code: string = '';

  @ApiProperty({ type: String, example: 'there is no list at /events' })
  readonly message: string = '';
}

/** What a replay would change. */
@ApiSchema({ name: 'ReplayPreview' })
export class ReplayPreviewView {
  @ApiProperty({ type: 'integer', example: 1200 })
  readonly matched: number;

  @ApiProperty({
    type: 'integer',
    description: 'The oldest so many of them were looked at: up to 5,000, as far as some seconds reach.',
    example: 1200,
  })
  readonly compared: number;

  @ApiProperty({ type: 'integer', example: 1190 })
  readonly same: number;

  @ApiProperty({ type: 'integer', description: 'Whose history a replay would change.', example: 10 })
  readonly changed: number;

  @ApiProperty({
    type: 'integer',
    description: 'The mapping of today cannot read them, or not all of them.',
    example: 0,
  })
  readonly unreadable: number;

  @ApiProperty({ type: [ReplayChangeView], description: 'Up to 20 of the changed ones.' })
  readonly sample: readonly ReplayChangeView[];

  @ApiProperty({ type: [ReplayProblemView], description: 'Up to 20 of the unreadable ones, and why.' })
  readonly problems: readonly ReplayProblemView[];

  constructor(preview: ReplayPreview) {
    this.matched = preview.matched;
    this.compared = preview.compared;
    this.same = preview.same;
    this.changed = preview.changed;
    this.unreadable = preview.unreadable;
    this.sample = preview.sample.map((change) => new ReplayChangeView(change));
    this.problems = preview.problems;
  }
}
