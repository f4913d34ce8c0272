import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type Page } from '#platform/http/pagination';
import { PartnerView } from './partner.view';

@ApiSchema({ name: 'PartnerPage' })
export class PartnerPageView implements Page<PartnerView> {
  @ApiProperty({ type: [PartnerView] })
  readonly items: readonly PartnerView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `cursor` to get the next page; `null` on the last one.',
    example: 'WyIyMDI1LTA2LTAxVDEyOjAwOjAwLjAwMFoiLCJhY21lIl0',
  })
  readonly nextCursor: string | null;

  constructor({ items, nextCursor }: Page<PartnerView>) {
    this.items = items;
    this.nextCursor = nextCursor;
  }
}
