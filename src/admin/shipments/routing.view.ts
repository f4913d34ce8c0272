import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type Routing } from '#domain/shipments/shipment-event';

/** What the routing service decided. */
@ApiSchema({ name: 'Routing' })
export class RoutingView {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The answer of the routing service, as it came.',
    example: { hub: 'LEJ-2', etaMinutes: 90 },
  })
  readonly decision: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:02.013Z' })
  readonly at: Date;

  @ApiProperty({ type: 'integer', description: 'How long the answer took.', example: 1980 })
  readonly durationMs: number;

  constructor({ decision, at, durationMs }: Routing) {
    this.decision = decision;
    this.at = at;
    this.durationMs = durationMs;
  }
}
