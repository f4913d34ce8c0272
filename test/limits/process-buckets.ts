import { Logger } from '@nestjs/common';
import { type Limit } from '#platform/limits/limit';
import { Limiter } from '#platform/limits/limiter';
import { SharedBuckets } from '#platform/limits/shared-buckets';
import { RedisConnections } from '#platform/redis/redis-connections';
import { SharedState } from '#platform/redis/shared-state';
import { Metrics } from '#platform/telemetry/metrics';
import { until } from '../support/until';

Logger.overrideLogger(false);

/** What one process has of the limits: a connection and counts of its own. */
export class ProcessBuckets {
  readonly metrics = new Metrics();
  readonly state: SharedState;
  readonly buckets: SharedBuckets;
  private readonly connections: RedisConnections;

  constructor(redisUrl: string, keyPrefix: string) {
    this.connections = new RedisConnections({ url: redisUrl, commandTimeoutMs: 500 });
    this.connections.onModuleInit();
    this.state = new SharedState(this.connections);
    this.buckets = new SharedBuckets(this.state, this.metrics, keyPrefix);
  }

  limiter(name: string, limit: Limit): Limiter {
    return new Limiter({ scope: 'test', key: this.buckets.keyOf('test', name), limit }, this.buckets);
  }

  async ready(): Promise<void> {
    await until(() => this.connections.ping().then(() => !this.state.isAway), { what: 'Redis to answer' });
  }

  /** How many decisions it took without Redis. */
  async decidedAlone(): Promise<number> {
    const scraped = await this.metrics.scrape();
    return Number(/^gateway_decisions_without_redis_total\{[^}]*\} (\d+)/m.exec(scraped)?.[1] ?? 0);
  }

  close(): void {
    this.connections.onApplicationShutdown();
  }
}

/** How many of so many requests at the same moment were let in. */
export async function letIn(limiters: readonly Limiter[], requests: number): Promise<number> {
  const take = async (at: number): Promise<number> => (await limiters[at % limiters.length]?.take()) ?? 1;
  const waits = await Promise.all(Array.from({ length: requests }, (_, at) => take(at)));
  return waits.filter((wait) => wait === 0).length;
}
