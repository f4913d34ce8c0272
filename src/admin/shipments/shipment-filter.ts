import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { FilterText } from '#domain/listing/filter-rules';
import { SHIPMENT_STATUSES, type ShipmentStatus } from '#domain/shipments/shipment-status';
import { type ShipmentQuery } from '#domain/shipments/shipment.repository';
import { PageQuery } from '#platform/http/pagination';

export class ShipmentFilter extends PageQuery implements ShipmentQuery {
  @ApiPropertyOptional({ type: String, example: 'acme' })
  @FilterText(200)
  readonly partnerId?: string;

  @ApiPropertyOptional({ enum: SHIPMENT_STATUSES, enumName: 'ShipmentStatus', example: 'in_transit' })
  @IsOptional()
  @IsIn(SHIPMENT_STATUSES, { message: `must be one of ${SHIPMENT_STATUSES.join(', ')}` })
  readonly status?: ShipmentStatus;

  @ApiPropertyOptional({ type: String, example: 'JD014600006281230704' })
  @FilterText(512)
  readonly trackingNumber?: string;

  @ApiPropertyOptional({ type: String, example: 'ORD-2025-1187' })
  @FilterText(512)
  readonly orderId?: string;
}
