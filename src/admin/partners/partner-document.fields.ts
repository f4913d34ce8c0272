import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type PartnerJson } from '#domain/partners/stored-partner';

const described = (description: string) => ({
  type: 'object' as const,
  additionalProperties: true,
  description,
});

/** What a document of the partner grammar consists of; the grammar itself says what each part may hold. */
export class PartnerDocumentFields {
  @ApiProperty({
    type: String,
    pattern: '^[a-z0-9-]{2,40}$',
    description: 'Cannot be changed.',
    example: 'acme',
  })
  readonly id?: string;

  @ApiPropertyOptional({ type: String, example: 'Acme Couriers' })
  readonly name?: string;

  @ApiPropertyOptional({ type: String })
  readonly notes?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'A shipped document that this one is a merge patch (RFC 7396) over.',
    example: 'shippo',
  })
  readonly preset?: string;

  @ApiPropertyOptional({ type: Boolean, default: true })
  readonly enabled?: boolean;

  @ApiPropertyOptional({
    description: 'How requests are signed, or a list of alternatives. Required without a preset.',
    oneOf: [
      { type: 'object', additionalProperties: true },
      { type: 'array', maxItems: 8, items: { type: 'object', additionalProperties: true } },
    ],
    example: { type: 'hmac', from: { header: 'x-acme-signature' } },
  })
  readonly signature?: PartnerJson | readonly PartnerJson[];

  @ApiPropertyOptional({
    type: [String],
    description: 'The only addresses that requests may come from, as CIDR.',
    example: ['203.0.113.0/24'],
  })
  readonly allowIps?: readonly string[];

  @ApiPropertyOptional({ type: String, description: 'The URL that the sender knows, if a proxy hides it.' })
  readonly publicUrl?: string;

  @ApiPropertyOptional(described('How bodies are read: format, content types.'))
  readonly body?: PartnerJson;

  @ApiPropertyOptional(described('What makes two requests the same event.'))
  readonly dedupe?: PartnerJson;

  @ApiPropertyOptional(described('What a request gets that was received before.'))
  readonly replay?: PartnerJson;

  @ApiPropertyOptional(described('Where the shipment events are in a body, and what their words mean.'))
  readonly mapping?: PartnerJson;

  @ApiPropertyOptional(described('Mappings by schema version.'))
  readonly mappings?: PartnerJson;

  @ApiPropertyOptional(described('Where a body says its schema version, and which are accepted.'))
  readonly schemaVersion?: PartnerJson;

  @ApiPropertyOptional(described('1 to 10 by status, lower is sooner.'))
  readonly priority?: PartnerJson;

  @ApiPropertyOptional(described('The answer to an accepted event, where the sender wants another than 202.'))
  readonly ack?: PartnerJson;

  @ApiPropertyOptional(described('The answer to a GET by which the sender tries the URL.'))
  readonly handshake?: PartnerJson;

  @ApiPropertyOptional({
    ...described('Rate and size.'),
    example: { perSecond: 200, burst: 400, bodyBytes: 262144 },
  })
  readonly limits?: PartnerJson;

  @ApiPropertyOptional({
    ...described('Its own queue.'),
    example: { concurrency: 10, timeoutMs: 30000, attempts: 5 },
  })
  readonly queue?: PartnerJson;
}
