import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type MappedEvent } from '#domain/partners/compiled-partner';
import { SHIPMENT_STATUSES, type ShipmentStatus } from '#domain/shipments/shipment-status';

/** One thing that happened to one parcel, as the partner's mapping reads it. */
@ApiSchema({ name: 'MappedEvent' })
export class MappedEventView {
  @ApiProperty({ type: String, example: 'AC-77' })
  readonly trackingNumber: string;

  @ApiProperty({ enum: SHIPMENT_STATUSES, enumName: 'ShipmentStatus', nullable: true, example: 'in_transit' })
  readonly status: ShipmentStatus | null;

  @ApiProperty({ type: String, nullable: true, example: 'MOVING' })
  readonly partnerStatus: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2025-06-01T12:00:00.000Z' })
  readonly occurredAt: Date | null;

  @ApiProperty({ enum: ['partner', 'received'], example: 'partner' })
  readonly occurredAtSource: 'partner' | 'received';

  @ApiProperty({ type: String, description: 'The same for the same happening.' })
  readonly eventKey: string;

  @ApiProperty({ type: Boolean, example: false })
  readonly correction: boolean;

  @ApiPropertyOptional({ type: String })
  readonly orderId?: string;

  @ApiPropertyOptional({ type: String })
  readonly shipmentId?: string;

  @ApiPropertyOptional({ type: String })
  readonly location?: string;

  @ApiPropertyOptional({ type: String })
  readonly description?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  readonly attributes?: unknown;

  constructor(event: MappedEvent) {
    this.trackingNumber = event.trackingNumber;
    this.status = event.status;
    this.partnerStatus = event.partnerStatus;
    this.occurredAt = event.occurredAt;
    this.occurredAtSource = event.occurredAtSource;
    this.eventKey = event.eventKey;
    this.correction = event.correction;
    if (event.orderId !== undefined) this.orderId = event.orderId;
    if (event.shipmentId !== undefined) this.shipmentId = event.shipmentId;
    if (event.location !== undefined) this.location = event.location;
    if (event.description !== undefined) this.description = event.description;
    if (event.attributes !== undefined) this.attributes = event.attributes;
  }
}
