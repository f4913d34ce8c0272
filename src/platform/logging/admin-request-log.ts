import { Injectable, Logger } from '@nestjs/common';
import { type ObserveRequest, type RequestObserver } from '#platform/http/request-observer';

/** One line per request of the admin API; webhooks are told of by the intake, probes by nobody. */
@Injectable()
export class AdminRequestLog implements RequestObserver {
  private readonly logger = new Logger('Admin');

  forRoute(route: string, method: string): ObserveRequest | null {
    if (!route.startsWith('/v1/admin')) return null;
    return ({ trace: { traceId }, principal }, status, durationMs) => {
      const ms = Math.round(durationMs * 10) / 10;
      this.logger.log({ method, route, status, ms, traceId, principal: principal?.name }, 'admin request');
    };
  }
}
