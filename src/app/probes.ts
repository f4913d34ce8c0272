import { Global, Injectable, Module } from '@nestjs/common';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type HealthProbe } from '#health/health-probe';
import { Database } from '#platform/mongo/database';
import { RedisConnections } from '#platform/redis/redis-connections';

@Injectable()
export class MongoProbe implements HealthProbe {
  readonly name = 'mongo';
  readonly kind = 'store';

  constructor(private readonly database: Database) {}

  async check(timeoutMs: number): Promise<boolean> {
    await this.database.ping(timeoutMs);
    return true;
  }
}

@Injectable()
export class RedisProbe implements HealthProbe {
  readonly name = 'redis';
  readonly kind = 'store';

  constructor(private readonly connections: RedisConnections) {}

  async check(): Promise<boolean> {
    await this.connections.ping();
    return true;
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
