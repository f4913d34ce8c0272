import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type StoredSecret } from '#domain/partners/stored-partner';

/** What may be known of a secret: never its value, nor how long it is. */
@ApiSchema({ name: 'PartnerSecret' })
export class SecretView {
  @ApiProperty({ type: String, example: 'sec_9f1c2b7d4e6a8035' })
  readonly id: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Where the value comes from, if it is not stored here: `env:NAME` or `file:/path`.',
    example: 'env:ACME_SECRET',
  })
  readonly reference?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'The one signature alternative that it is for.',
    example: 'hmac0',
  })
  readonly use?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'By which the sender names this key.',
    example: '2025-06',
  })
  readonly keyId?: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.000Z' })
  readonly createdAt: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Not tried before.',
    example: '2025-06-08T00:00:00.000Z',
  })
  readonly activeFrom?: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Not tried from then on.',
    example: '2025-12-01T00:00:00.000Z',
  })
  readonly retireAt?: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When it last proved a request; some seconds up to a minute behind. Absent: never.',
    example: '2025-06-20T09:30:00.000Z',
  })
  readonly lastUsedAt?: Date;

  constructor(secret: StoredSecret, lastUsedAt?: Date) {
    this.id = secret.id;
    // An older use is one of another secret, which had the same id.
    if (lastUsedAt !== undefined && lastUsedAt >= secret.createdAt) this.lastUsedAt = lastUsedAt;
    this.createdAt = secret.createdAt;
    if ('reference' in secret) this.reference = secret.reference;
    if (secret.use !== undefined) this.use = secret.use;
    if (secret.keyId !== undefined) this.keyId = secret.keyId;
    if (secret.activeFrom !== undefined) this.activeFrom = secret.activeFrom;
    if (secret.retireAt !== undefined) this.retireAt = secret.retireAt;
  }
}

/** A secret that was just added. */
@ApiSchema({ name: 'NewPartnerSecret' })
export class NewSecretView extends SecretView {
  @ApiPropertyOptional({
    type: String,
    description: 'Only where it was made by the gateway, and only in this answer: hand it to the sender.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  readonly value?: string;

  constructor(secret: StoredSecret, generated: string | undefined) {
    super(secret);
    if (generated !== undefined) this.value = generated;
  }
}
