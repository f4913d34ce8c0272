import { Global, Injectable, Module } from '@nestjs/common';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type HealthProbe } from '#health/health-probe';
import { Database } from '#platform/mongo/database';
import { RedisConnections } from '#platform/redis/redis-connections';
import { MongoBreaker } from '#platform/store-breakers/mongo-breaker';
import { RedisBreaker } from '#platform/store-breakers/redis-breaker';

/** A store that answers and takes no writes is as good as away: the breaker knows. */
@Injectable()
export class MongoProbe implements HealthProbe {
  readonly name = 'mongo';
  readonly kind = 'store';

  constructor(
    private readonly database: Database,
    private readonly breaker: MongoBreaker,
  ) {}

  async check(timeoutMs: number): Promise<boolean> {
    await this.database.ping(timeoutMs);
    return !this.breaker.isOpen;
  }
}

@Injectable()
export class RedisProbe implements HealthProbe {
  readonly name = 'redis';
  readonly kind = 'store';

  constructor(
    private readonly connections: RedisConnections,
    private readonly breaker: RedisBreaker,
  ) {}

  async check(): Promise<boolean> {
    await this.connections.ping();
    return !this.breaker.isOpen;
  }
}

/** A process that never read its partners knows nobody. */
@Injectable()
export class PartnersProbe implements HealthProbe {
  readonly name = 'partners';
  readonly kind = 'required';

  constructor(private readonly partners: PartnerDirectory) {}

  check(): Promise<boolean> {
    return Promise.resolve(this.partners.loaded);
  }
}

export const PROBES = [MongoProbe, RedisProbe, PartnersProbe];

/** What readiness asks; global, so that the health module finds it. */
@Global()
@Module({ providers: PROBES, exports: PROBES })
export class ProbesModule {}
