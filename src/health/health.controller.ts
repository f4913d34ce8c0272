import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '#platform/http/access';
import type { HealthReport } from './health-report';
import { HealthDto } from './health.dto';
import { Readiness } from './readiness';

@ApiTags('operations')
@Access('public')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({
    summary: 'Is the process alive?',
    description: 'Asks no dependency: restarting a process does not bring a store back.',
  })
  @ApiOkResponse({ type: HealthDto, example: { status: 'ok', checks: { process: 'up' } } })
  live(): HealthReport {
    return { status: 'ok', checks: { process: 'up' } };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Can the process do its work?',
    description:
      'Asks the dependencies, at most once a second. With one store away an intake is `degraded` and still ready; a worker needs both.',
  })
  @ApiOkResponse({
    type: HealthDto,
    description: 'Ready; `degraded` with one store away',
    example: { status: 'ok', checks: { mongo: 'up', redis: 'up', partners: 'up' } },
  })
  @ApiServiceUnavailableResponse({
    type: HealthDto,
    description: 'Not ready, or about to end',
    example: { status: 'error', checks: { mongo: 'down', redis: 'down', partners: 'up' } },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.readiness.report();
    if (report.status === 'error') void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return report;
  }
}
