import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type MappingProblem } from '#domain/partners/compiled-partner';
import { type DryRunResult, type DryRunSignature } from '#domain/partners/dry-run/dry-run';
import { MappedEventView } from './mapped-event.view';

@ApiSchema({ name: 'DryRunSignature' })
class DryRunSignatureView {
  @ApiProperty({ type: Boolean })
  readonly valid?: boolean;

  @ApiPropertyOptional({
    type: String,
    description: 'As the problem would say it.',
    example: 'STALE_TIMESTAMP',
  })
  readonly code?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'What exactly failed; senders never see it.',
    example: 'stale',
  })
  readonly reason?: string;

  @ApiPropertyOptional({ type: String, description: 'The alternative that matched.', example: 'hmac0' })
  readonly alternative?: string;

  @ApiPropertyOptional({ enum: ['body', 'part', 'none'], description: 'How much of the request is signed.' })
  readonly covers?: string;

  @ApiPropertyOptional({ type: String, example: 'june' })
  readonly secretId?: string;
}

@ApiSchema({ name: 'MappingProblem' })
class MappingProblemView {
  @ApiPropertyOptional({ type: 'integer', description: 'Place of the item in the body.' })
  readonly index?: number;

  @ApiProperty({ type: String, example: 'time_without_zone' })
  readonly code?: string;

  @ApiPropertyOptional({ type: String, example: '2025-06-01 12:00' })
  readonly value?: string;
}

/** What a request would come to. */
@ApiSchema({ name: 'DryRun' })
export class DryRunView {
  @ApiProperty({ type: String, example: 'acme' })
  readonly partnerId: string;

  @ApiProperty({ type: Boolean })
  readonly enabled: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Code of the problem that the intake would answer with; `null` where it would take the request.',
    example: null,
  })
  readonly refusal: string | null;

  @ApiProperty({ type: DryRunSignatureView })
  readonly signature: DryRunSignature;

  @ApiProperty({ type: String, example: 'a-1' })
  readonly dedupeKey: string;

  @ApiProperty({ type: String, example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf' })
  readonly eventId: string;

  @ApiProperty({ type: String, example: '1' })
  readonly schemaVersion: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10, example: 5 })
  readonly priority: number;

  @ApiProperty({ type: [MappedEventView] })
  readonly events: readonly MappedEventView[];

  @ApiProperty({ type: [String], description: 'Words that the status table does not know.' })
  readonly unmapped: readonly string[];

  @ApiProperty({ type: [MappingProblemView] })
  readonly problems: readonly MappingProblem[];

  @ApiProperty({
    type: 'integer',
    description: 'Items that were test traffic: kept, never applied.',
    example: 0,
  })
  readonly testItems: number;

  constructor(result: DryRunResult) {
    this.partnerId = result.partnerId;
    this.enabled = result.enabled;
    this.refusal = result.refusal;
    this.signature = result.signature;
    this.dedupeKey = result.dedupeKey;
    this.eventId = result.eventId;
    this.schemaVersion = result.schemaVersion;
    this.priority = result.priority;
    this.events = result.events.map((event) => new MappedEventView(event));
    this.unmapped = result.unmapped;
    this.problems = result.problems;
    this.testItems = result.testItems;
  }
}
