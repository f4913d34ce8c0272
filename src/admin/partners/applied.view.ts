import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type Change } from '#domain/partners/apply/changes';
import { type Plan } from '#domain/partners/apply/partner-plans';

@ApiSchema({ name: 'PartnerChange' })
export class ChangeView {
  @ApiProperty({ type: String, description: 'JSON Pointer.', example: '/mapping/status/MOVING' })
  readonly path: string;

  @ApiPropertyOptional({ description: 'Absent where there was nothing.', example: 'in_transit' })
  readonly before?: unknown;

  @ApiPropertyOptional({ description: 'Absent where nothing is left.', example: 'out_for_delivery' })
  readonly after?: unknown;

  constructor({ path, before, after }: Change) {
    this.path = path;
    this.before = before;
    this.after = after;
  }
}

@ApiSchema({ name: 'AppliedPartner' })
export class AppliedView {
  @ApiProperty({ type: String, example: 'acme' })
  readonly id: string;

  @ApiProperty({
    enum: ['create', 'replace', 'none'],
    description: 'What was done; with `dryRun`, what would be.',
  })
  readonly action: Plan['action'];

  @ApiProperty({
    type: [ChangeView],
    description: 'Where the partner as it was written differs, never with the value of a secret.',
  })
  readonly changes: readonly ChangeView[];

  constructor({ id, action, changes }: Plan) {
    this.id = id;
    this.action = action;
    this.changes = changes.map((change) => new ChangeView(change));
  }
}
