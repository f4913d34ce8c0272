import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type LastUses } from '#domain/partners/secret-uses.repository';
import { type PartnerJson, type StoredPartner } from '#domain/partners/stored-partner';
import { PageOf } from '#platform/http/page.view';
import { PartnerDocumentFields } from './partner-document.fields';
import { SecretView } from './secret.view';

export interface PartnerFacts {
  readonly document: PartnerJson;
  readonly fault: string | undefined;
  readonly lastUses: LastUses | undefined;
}

/** A partner as it is shown: its document over its preset, and its secrets without their values. */
@ApiSchema({ name: 'Partner' })
export class PartnerView extends PartnerDocumentFields {
  @ApiProperty({ type: [SecretView] })
  readonly secrets: readonly SecretView[];

  @ApiPropertyOptional({
    type: String,
    description: 'Why its requests are answered with 503 at the moment; absent where all is well.',
    example: 'secret "sec_9f1c2b7d4e6a8035": there is nothing behind env:ACME_SECRET in this process',
  })
  readonly fault?: string;

  @ApiProperty({
    type: Boolean,
    description: 'Whether its events wait, by a pause of its queue. What comes in is taken all the same.',
    example: false,
  })
  readonly paused: boolean;

  @ApiProperty({ type: 'integer', description: 'One more with every change.', example: 1 })
  readonly revision: number;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.000Z' })
  readonly createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.000Z' })
  readonly updatedAt: Date;

  constructor(stored: StoredPartner, { document, fault, lastUses }: PartnerFacts) {
    super();
    Object.assign(this, document);
    this.secrets = stored.secrets.map((secret) => new SecretView(secret, lastUses?.get(secret.id)));
    this.paused = stored.paused !== undefined;
    if (fault !== undefined) this.fault = fault;
    this.revision = stored.revision;
    this.createdAt = stored.createdAt;
    this.updatedAt = stored.updatedAt;
  }
}

@ApiSchema({ name: 'PartnerPage' })
export class PartnerPageView extends PageOf(PartnerView) {}
