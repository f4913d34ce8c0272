import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '#platform/mongo/database';
import { Metrics } from '#platform/telemetry/metrics';

/** Shows how much of the MongoDB pool is in use, and how many operations wait for a connection. */
@Injectable()
export class PoolMetrics implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.registerCollector('mongo pool', () => {
      const { inUse, waiting } = this.database.pool;
      this.metrics.mongoPool(inUse, waiting);
    });
  }
}
