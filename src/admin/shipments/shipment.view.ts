import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type Shipment } from '#domain/shipments/shipment';
import { SHIPMENT_STATUSES, type ShipmentStatus } from '#domain/shipments/shipment-status';
import { PageOf } from '#platform/http/page.view';
import { RoutingView } from './routing.view';

/** Where a parcel stands, as its history tells it. */
@ApiSchema({ name: 'Shipment' })
export class ShipmentView {
  @ApiProperty({ type: String, example: 'acme' })
  readonly partnerId: string;

  @ApiProperty({ type: String, example: 'JD014600006281230704' })
  readonly trackingNumber: string;

  @ApiProperty({
    enum: SHIPMENT_STATUSES,
    enumName: 'ShipmentStatus',
    nullable: true,
    description: '`null` while no event said anything about the state.',
    example: 'in_transit',
  })
  readonly status: ShipmentStatus | null;

  @ApiProperty({ type: String, nullable: true, description: "The partner's own word.", example: 'TRANSIT' })
  readonly partnerStatus: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the event happened that is the state; `null` where the partner gave no time.',
    example: '2025-06-01T11:58:00.000Z',
  })
  readonly occurredAt: Date | null;

  @ApiProperty({
    enum: ['partner', 'received'],
    nullable: true,
    description: 'Which time orders the event: the one of the partner, or when it came in.',
    example: 'partner',
  })
  readonly occurredAtSource: 'partner' | 'received' | null;

  @ApiPropertyOptional({ type: String, example: 'ORD-2025-1187' })
  readonly orderId?: string;

  @ApiPropertyOptional({ type: String, example: 'SHP-9' })
  readonly shipmentId?: string;

  @ApiPropertyOptional({ type: String, example: 'Leipzig, DE' })
  readonly location?: string;

  @ApiPropertyOptional({ type: String, example: 'Processed at the sorting centre' })
  readonly description?: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The inbound event that told the state.',
    example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf',
  })
  readonly eventId: string | null;

  @ApiPropertyOptional({ type: RoutingView, description: 'Decided about the event that is the state.' })
  readonly routing?: RoutingView;

  @ApiProperty({ type: 'integer', description: 'One more with every change.', example: 3 })
  readonly version: number;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-05-31T08:00:00.120Z' })
  readonly createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.041Z' })
  readonly updatedAt: Date;

  constructor(shipment: Shipment) {
    this.partnerId = shipment.partnerId;
    this.trackingNumber = shipment.trackingNumber;
    this.status = shipment.status;
    this.partnerStatus = shipment.partnerStatus;
    this.occurredAt = shipment.occurredAt;
    this.occurredAtSource = shipment.occurredAtSource;
    if (shipment.orderId !== undefined) this.orderId = shipment.orderId.value;
    if (shipment.shipmentId !== undefined) this.shipmentId = shipment.shipmentId.value;
    if (shipment.location !== undefined) this.location = shipment.location;
    if (shipment.description !== undefined) this.description = shipment.description;
    this.eventId = shipment.eventId;
    if (shipment.routing !== undefined) this.routing = new RoutingView(shipment.routing);
    this.version = shipment.version;
    this.createdAt = shipment.createdAt;
    this.updatedAt = shipment.updatedAt;
  }
}

@ApiSchema({ name: 'ShipmentPage' })
export class ShipmentPageView extends PageOf(ShipmentView) {}
