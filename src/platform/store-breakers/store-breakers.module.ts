import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#platform/mongo/database';
import { RedisConnections } from '#platform/redis/redis-connections';
import { Metrics } from '#platform/telemetry/metrics';
import { MongoBreaker } from './mongo-breaker';
import { RedisBreaker } from './redis-breaker';

/** One breaker for each store, for those whose caller waits for an answer. */
@Global()
@Module({})
export class StoreBreakersModule implements OnApplicationShutdown {
  constructor(
    @Inject(MongoBreaker) private readonly mongo: MongoBreaker,
    @Inject(RedisBreaker) private readonly redis: RedisBreaker,
  ) {}

  static forRoot({ keyPrefix }: { readonly keyPrefix: string }): DynamicModule {
    return {
      module: StoreBreakersModule,
      providers: [
        {
          provide: MongoBreaker,
          inject: [Database, Metrics],
          useFactory: (database: Database, metrics: Metrics) =>
            new MongoBreaker(database, (state) => metrics.breakerState('mongo', state)),
        },
        {
          provide: RedisBreaker,
          inject: [RedisConnections, Metrics],
          useFactory: (connections: RedisConnections, metrics: Metrics) =>
            new RedisBreaker(connections, keyPrefix, (state) => metrics.breakerState('redis', state)),
        },
      ],
      exports: [MongoBreaker, RedisBreaker],
    };
  }

  onApplicationShutdown(): void {
    this.mongo.shutdown();
    this.redis.shutdown();
  }
}
