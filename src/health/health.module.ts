import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { HealthProbe } from './health-probe';
import type { StoresNeeded } from './health-report';
import { HealthController } from './health.controller';
import { Readiness } from './readiness';

export interface HealthSettings {
  /** `any` where events are taken, `all` where they are only worked on. */
  readonly storesNeeded: StoresNeeded;
  /** Exported by global modules. */
  readonly probes: readonly Type<HealthProbe>[];
  readonly checkTimeoutMs?: number;
  readonly cacheMs?: number;
}

@Module({})
export class HealthModule {
  static forRoot(settings: HealthSettings): DynamicModule {
    const { storesNeeded, probes, checkTimeoutMs = 1_000, cacheMs = 1_000 } = settings;
    return {
      module: HealthModule,
      global: true,
      controllers: [HealthController],
      providers: [
        {
          provide: Readiness,
          inject: [...probes],
          useFactory: (...made: HealthProbe[]) =>
            new Readiness(made, storesNeeded, { timeoutMs: checkTimeoutMs, cacheMs }),
        },
      ],
      exports: [Readiness],
    };
  }
}
