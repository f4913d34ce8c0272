import { Injectable } from '@nestjs/common';
import { type ObserveRequest, type RequestObserver } from '#platform/http/request-observer';
import { Metrics } from './metrics';

/** Durations of requests by the pattern of their route, never by their address. */
@Injectable()
export class HttpMetrics implements RequestObserver {
  constructor(private readonly metrics: Metrics) {}

  forRoute(route: string, method: string): ObserveRequest {
    const timers = new Map<number, (seconds: number) => void>();
    return (_, status, durationMs) => {
      let observe = timers.get(status);
      if (observe === undefined) {
        timers.set(status, (observe = this.metrics.requestTimer(route, method, status)));
      }
      observe(durationMs / 1000);
    };
  }
}
