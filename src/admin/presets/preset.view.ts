import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type PartnerDocument } from '#domain/partners/document/partner-document';
import { PageOf } from '#platform/http/page.view';
import { PartnerDocumentFields } from '../partners/partner-document.fields';

/** A preset as lists show it. */
@ApiSchema({ name: 'PresetSummary' })
export class PresetSummaryView {
  @ApiProperty({ type: String, description: 'What `preset` names.', example: 'shippo' })
  readonly id: string;

  @ApiPropertyOptional({ type: String, example: 'Shippo' })
  readonly name?: string;

  @ApiPropertyOptional({ type: String })
  readonly notes?: string;

  constructor({ id, name, notes }: PartnerDocument) {
    this.id = id;
    if (name !== undefined) this.name = name;
    if (notes !== undefined) this.notes = notes;
  }
}

@ApiSchema({ name: 'PresetPage' })
export class PresetPageView extends PageOf(PresetSummaryView) {}

/** The whole document of a preset. */
@ApiSchema({ name: 'Preset' })
export class PresetView extends PartnerDocumentFields {
  constructor(document: PartnerDocument) {
    super();
    Object.assign(this, document);
  }
}
