import { ApiPropertyOptional } from '@nestjs/swagger';
import { FilterText } from '#domain/listing/filter-rules';
import { type ParcelFilter } from '#domain/shipments/parcel-filter';
import { OperationRequest } from '../operations/operation-request';

/** Which shipments; neither partner nor number means all of them. */
export class RebuildRequest extends OperationRequest implements ParcelFilter {
  @ApiPropertyOptional({ type: String, example: 'acme' })
  @FilterText(200)
  readonly partnerId?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'The parcel of this number; without `partnerId`, of every partner.',
    example: 'JD014600006281230704',
  })
  @FilterText(512)
  readonly trackingNumber?: string;
}
