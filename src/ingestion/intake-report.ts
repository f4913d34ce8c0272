import { Injectable } from '@nestjs/common';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { ProblemError } from '#platform/http/problem';
import { LineLogger } from '#platform/logging/line-logger';
import { Metrics, UNKNOWN_PARTNER } from '#platform/telemetry/metrics';
import { type Accepted } from './intake.service';

/** One line and one count for each request: who, what became of it, never what it held. */
@Injectable()
export class IntakeReport {
  private readonly logger: ReturnType<LineLogger['forContext']>;

  constructor(
    private readonly metrics: Metrics,
    private readonly partners: PartnerDirectory,
    lines: LineLogger,
  ) {
    this.logger = lines.forContext('Intake');
  }

  accepted({ partner, event, receipt }: Accepted, durationMs: number): void {
    const outcome = receipt.duplicate ? 'duplicate' : 'accepted';
    this.metrics.ingested(partner.id, outcome);
    this.metrics.acknowledged(durationMs / 1000);
    this.logger.info(
      { eventId: event.eventId, partnerId: partner.id, traceId: event.traceId, outcome },
      'event taken',
    );
  }

  refused(partnerId: string, error: unknown, traceId: string): void {
    const partner = this.partners.find(partnerId) ? partnerId : UNKNOWN_PARTNER;
    const outcome = error instanceof ProblemError ? error.code.toLowerCase() : 'internal';
    this.metrics.ingested(partner, outcome);
    this.logger.info({ partnerId: partner, traceId, outcome }, 'request refused');
  }
}
