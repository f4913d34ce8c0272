import { type DynamicModule, Module } from '@nestjs/common';
import { HttpMetrics } from './http-metrics';
import { Metrics, type MetricsSettings } from './metrics';
import { METRICS_TOKEN } from './metrics-token.guard';
import { MetricsController } from './metrics.controller';

export interface TelemetrySettings extends MetricsSettings {
  /** Guards `/metrics` when set. */
  readonly token?: string;
}

@Module({})
export class TelemetryModule {
  static forRoot({ token, nodeMetrics = true, ...settings }: TelemetrySettings): DynamicModule {
    return {
      module: TelemetryModule,
      global: true,
      controllers: [MetricsController],
      providers: [
        { provide: METRICS_TOKEN, useValue: token ?? null },
        { provide: Metrics, useFactory: () => new Metrics({ ...settings, nodeMetrics }) },
        HttpMetrics,
      ],
      exports: [Metrics, HttpMetrics],
    };
  }
}
