import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

/** A request to try. It is checked by the dry run itself. */
@ApiSchema({ name: 'DryRunRequest' })
export class DryRunBody {
  @ApiPropertyOptional({ type: String, default: 'POST' })
  readonly method?: string;

  @ApiPropertyOptional({ type: String, description: 'Path and query as they were received.' })
  readonly path?: string;

  @ApiPropertyOptional({ type: String, description: 'The whole URL as the sender signed it.' })
  readonly url?: string;

  @ApiPropertyOptional({ type: String, description: 'Tries the address list.', example: '203.0.113.7' })
  readonly ip?: string;

  @ApiPropertyOptional({
    type: 'object',
    description: 'A list where a header came more than once.',
    additionalProperties: {
      oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    },
    example: { 'content-type': 'application/json', 'x-acme-signature': '0f3a…' },
  })
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;

  @ApiPropertyOptional({ type: String, example: '{"id":"a-1","parcel":"AC-77","state":"MOVING"}' })
  readonly body?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'byte',
    description: 'The exact bytes, instead of `body`.',
  })
  readonly bodyBase64?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'The clock of the time check. Default: now.',
  })
  readonly at?: string;
}
