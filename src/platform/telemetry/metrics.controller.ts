import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { Access } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { Metrics } from './metrics';
import { MetricsTokenGuard } from './metrics-token.guard';

const EXAMPLE = `# HELP gateway_ingest_events_total Webhooks received, by outcome
# TYPE gateway_ingest_events_total counter
gateway_ingest_events_total{partner="easypost",outcome="accepted"} 1234
`;

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  // No API key opens it: its guard knows a token of its own, and none may be set.
  @Access('public')
  @UseGuards(MetricsTokenGuard)
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiBearerAuth('metrics-token')
  @ApiOperation({
    summary: 'Metrics of this process for Prometheus',
    description: 'Guarded by METRICS_TOKEN where it is set.',
  })
  @ApiOkResponse({
    description: 'Prometheus text format',
    content: { 'text/plain': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  @ApiProblem('UNAUTHORIZED')
  scrape(): Promise<string> {
    return this.metrics.scrape();
  }
}
