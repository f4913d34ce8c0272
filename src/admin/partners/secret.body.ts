import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

/** A secret as a partner's document brings it. */
@ApiSchema({ name: 'PartnerSecretBody' })
export class SecretBody {
  @ApiPropertyOptional({
    type: String,
    description:
      'The shared secret or public key, or where it is: `env:NAME`, `file:/path`. Stored encrypted, never shown ' +
      'again. May be left out where `id` names a secret of the partner: its value stays.',
    example: 'a-secret-that-acme-gave-us',
  })
  readonly value?: string;

  @ApiPropertyOptional({ type: String, description: 'Default: a new one.' })
  readonly id?: string;

  @ApiPropertyOptional({ type: String, description: 'By which the sender names this key.' })
  readonly keyId?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Name of the one signature alternative that it is for; default: all.',
  })
  readonly use?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Not tried before.' })
  readonly activeFrom?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Not tried from then on.' })
  readonly retireAt?: string;
}
