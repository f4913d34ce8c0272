import { type DynamicModule, Global, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { DeadLetterReviewRepository } from '#domain/dead-letters/dead-letter-review.repository';
import { DEAD_LETTERS } from '#domain/dead-letters/dead-letters.schema';
import { EventReviewRepository } from '#domain/events/event-review.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { OperationRepository } from '#domain/operations/operation.repository';
import { OPERATIONS } from '#domain/operations/operations.schema';
import { PartnersModule } from '#domain/partners/partners.module';
import { PARTNERS } from '#domain/partners/partners.schema';
import { KeptEventReader } from '#domain/replay/kept-event-reader';
import { KeptEventsRepository } from '#domain/replay/kept-events.repository';
import { ReplayPages } from '#domain/replay/replay-pages';
import { HistoryRevisionRepository } from '#domain/shipments/history-revision.repository';
import { ParcelsToRebuild } from '#domain/shipments/parcels-to-rebuild';
import { ParcelsRepository } from '#domain/shipments/parcels.repository';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { SHIPMENT_EVENTS, SHIPMENTS } from '#domain/shipments/shipments.schema';
import { CryptoModule } from '#platform/crypto/crypto.module';
import { Authenticator, type Principal } from '#platform/http/authenticator';
import { createFastifyAdapter } from '#platform/http/fastify-adapter';
import { HttpModule } from '#platform/http/http.module';
import { JobsModule } from '#platform/jobs/jobs.module';
import { Database } from '#platform/mongo/database';
import { Migrator } from '#platform/mongo/migrator';
import { MongoModule } from '#platform/mongo/mongo.module';
import { RedisModule } from '#platform/redis/redis.module';
import { type Answer, call, type Call } from '../support/http';
import { testDatabase, type TestDatabase } from '../support/test-database';

export const RETENTION = { dlqTtlDays: 90, processedEventsTtlDays: 30 };

/** Keys by role; the names are those of their owners. */
export const KEYS = { viewer: 'key-of-vera', operator: 'key-of-olaf' } as const;
const OWNERS: ReadonlyMap<string | undefined, Principal> = new Map([
  [KEYS.viewer, { name: 'Vera', role: 'viewer' }],
  [KEYS.operator, { name: 'Olaf', role: 'operator' }],
]);

class KnownKeys extends Authenticator {
  override authenticate(bearer: string | undefined): Promise<Principal | null> {
    return Promise.resolve(OWNERS.get(bearer) ?? null);
  }
}

const provided = <T extends object>(type: Type<T>, make: (database: Database) => T): Provider => ({
  provide: type,
  inject: [Database],
  useFactory: make,
});

const PROVIDERS: Provider[] = [
  { provide: Authenticator, useClass: KnownKeys },
  provided(EventReviewRepository, (database) => new EventReviewRepository(database)),
  provided(DeadLetterListRepository, (database) => new DeadLetterListRepository(database)),
  provided(DeadLetterReviewRepository, (database) => new DeadLetterReviewRepository(database, RETENTION)),
  provided(ShipmentRepository, (database) => new ShipmentRepository(database)),
  provided(
    ShipmentHistoryRepository,
    (database) =>
      new ShipmentHistoryRepository(database, new HistoryRevisionRepository(database), {
        historyTtlDays: undefined,
      }),
  ),
];

/** What operations are asked for with. */
const OPERATING = [
  HistoryRevisionRepository,
  KeptEventReader,
  KeptEventsRepository,
  OperationRepository,
  ParcelsRepository,
  ParcelsToRebuild,
  ReplayPages,
];

/** What the application provides for all modules. */
@Global()
@Module({
  providers: [...PROVIDERS, ...OPERATING],
  exports: [
    ...OPERATING,
    Authenticator,
    EventReviewRepository,
    DeadLetterListRepository,
    DeadLetterReviewRepository,
    ShipmentRepository,
    ShipmentHistoryRepository,
  ],
})
class ProvidedForAll {}

class AdminAppModule {}

function rootModule(modules: readonly Type[], stores: TestDatabase): DynamicModule {
  const { mongoUri: uri, dbName, redisUrl: url, queuePrefix } = stores;
  const declarations = [INBOUND_EVENTS, DEAD_LETTERS, SHIPMENTS, SHIPMENT_EVENTS, OPERATIONS, PARTNERS];
  const pool = { minPoolSize: 1, maxPoolSize: 10 };
  return {
    module: AdminAppModule,
    imports: [
      HttpModule.forRoot(),
      MongoModule.forRoot({ uri, dbName, ...pool, reviewReadPreference: 'primary' }, declarations),
      RedisModule.forRoot({ url, commandTimeoutMs: 500 }),
      JobsModule.forRoot({ queuePrefix, enqueueTimeoutMs: 500, drainTimeoutMs: 500 }),
      CryptoModule.forRoot({ keys: [{ id: 'k1', key: Buffer.alloc(32) }] }),
      PartnersModule.forRoot({
        defaultToleranceSeconds: 60,
        defaultBodyBytes: 262_144,
        signingSecretSet: false,
        resolveReference: () => undefined,
      }),
      ProvidedForAll,
      ...modules,
    ],
  };
}

export interface AdminApp {
  readonly nest: NestFastifyApplication;
  readonly url: string;
  readonly stores: TestDatabase;
  get(path: string, options?: Call): Promise<Answer>;
  post(path: string, options?: Call): Promise<Answer>;
  close(): Promise<void>;
}

/** The admin routes of these modules on a free port, with real stores of their own. */
export async function startAdminApp(
  modules: readonly Type[],
  over: Partial<TestDatabase> = {},
): Promise<AdminApp> {
  const stores = { ...testDatabase(), ...over };
  const adapter = createFastifyAdapter({ trustProxy: false, bodyLimitBytes: 65_536 });
  const nest = await NestFactory.create<NestFastifyApplication>(rootModule(modules, stores), adapter, {
    bodyParser: false,
    logger: false,
  });
  await nest.get(Migrator).migrate();
  await nest.listen(0, '127.0.0.1');
  const url = `${await nest.getUrl()}/v1/admin`;
  return {
    nest,
    url,
    stores,
    get: (path, options) => call('GET', url + path, { bearer: KEYS.viewer, ...options }),
    post: (path, options) => call('POST', url + path, { bearer: KEYS.operator, ...options }),
    close: async () => {
      await nest.close();
      await stores.cleanup();
    },
  };
}
