import { type DynamicModule, Global, Module } from '@nestjs/common';
import { RefusalLimit } from '#platform/http/refusal-limit';
import { SharedState } from '#platform/redis/shared-state';
import { Metrics } from '#platform/telemetry/metrics';
import { AddressLimits, type AddressLimitsSettings } from './address-limits';
import { SharedBuckets } from './shared-buckets';

export interface LimitsSettings {
  readonly keyPrefix: string;
  readonly perAddress: AddressLimitsSettings;
}

/** Limits that all processes share. */
@Global()
@Module({})
export class LimitsModule {
  static forRoot({ keyPrefix, perAddress }: LimitsSettings): DynamicModule {
    const buckets = {
      provide: SharedBuckets,
      inject: [SharedState, Metrics],
      useFactory: (state: SharedState, metrics: Metrics) => new SharedBuckets(state, metrics, keyPrefix),
    };
    const addresses = {
      provide: AddressLimits,
      inject: [SharedBuckets],
      useFactory: (shared: SharedBuckets) => new AddressLimits(shared, perAddress),
    };
    return {
      module: LimitsModule,
      providers: [buckets, addresses, { provide: RefusalLimit, useExisting: AddressLimits }],
      exports: [SharedBuckets, AddressLimits, RefusalLimit],
    };
  }
}
