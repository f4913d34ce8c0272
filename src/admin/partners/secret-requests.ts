import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, ValidateIf } from 'class-validator';
import { type JsonObject } from '#domain/partners/body/json-value';
import { MayBeAbsent } from '#platform/http/validation';

/** Null takes away what is there. */
const MayBeNull = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

/** The grammar itself says what each member may hold; here only that nothing else comes. */
export class NewSecretRequest {
  @ApiPropertyOptional({
    type: String,
    description:
      'The shared secret or public key, or where it is: `env:NAME`, `file:/path`. Left out: a new one is made, and ' +
      'shown in this answer only.',
    example: 'the-next-secret-of-acme',
  })
  @MayBeAbsent()
  @IsString()
  readonly value?: string;

  @ApiPropertyOptional({ type: String, description: 'Default: a new one.' })
  @MayBeAbsent()
  @IsString()
  readonly id?: string;

  @ApiPropertyOptional({ type: String, description: 'By which the sender names this key.' })
  @MayBeAbsent()
  @IsString()
  readonly keyId?: string;

  @ApiPropertyOptional({ type: String, description: 'The one signature alternative that it is for.' })
  @MayBeAbsent()
  @IsString()
  readonly use?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Not tried before.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(64)
  readonly activeFrom?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Not tried from then on.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(64)
  readonly retireAt?: string;
}

export class SecretPatch {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'By which the sender names this key.' })
  @MayBeNull()
  @IsString()
  readonly keyId?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'The alternative that it is for.' })
  @MayBeNull()
  @IsString()
  readonly use?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Not tried before.',
  })
  @MayBeNull()
  @IsString()
  @MaxLength(64)
  readonly activeFrom?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Not tried from then on; a time that is past retires it at once.',
  })
  @MayBeNull()
  @IsString()
  @MaxLength(64)
  readonly retireAt?: string | null;
}

/** Members that were sent; those that were not are `undefined` in the class. */
export const membersOf = (request: NewSecretRequest | SecretPatch): JsonObject =>
  Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
