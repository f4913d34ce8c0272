import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type Shipment } from '#domain/shipments/shipment';
import { type Page } from '#platform/http/pagination';
import { ShipmentView } from './shipment.view';

@ApiSchema({ name: 'ShipmentPage' })
export class ShipmentPageView implements Page<ShipmentView> {
  @ApiProperty({ type: [ShipmentView] })
  readonly items: readonly ShipmentView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `cursor` to get the next page; `null` on the last one.',
    example: 'WyIyMDI1LTA2LTAxVDEyOjAwOjAwLjA0MVoiLCJhY21lL0pEMDE0NiJd',
  })
  readonly nextCursor: string | null;

  constructor({ items, nextCursor }: Page<Shipment>) {
    this.items = items.map((shipment) => new ShipmentView(shipment));
    this.nextCursor = nextCursor;
  }
}
