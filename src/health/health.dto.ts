import { ApiProperty } from '@nestjs/swagger';
import type { HealthReport, HealthStatus } from './health-report';

export class HealthDto implements HealthReport {
  @ApiProperty({ enum: ['ok', 'degraded', 'error'], example: 'ok' })
  readonly status: HealthStatus = 'ok';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: ['up', 'down'] },
    example: { mongo: 'up', redis: 'up', partners: 'up' },
  })
  readonly checks: Readonly<Record<string, 'up' | 'down'>> = {};
}
