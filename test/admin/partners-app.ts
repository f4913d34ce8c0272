import { randomBytes } from 'node:crypto';
import { Global, Module, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '#admin/access/access.module';
import { PartnersAdminModule } from '#admin/partners/partners-admin.module';
import { PresetsAdminModule } from '#admin/presets/presets-admin.module';
import { QueuesAdminModule } from '#admin/queues/queues-admin.module';
import { EventReviewRepository } from '#domain/events/event-review.repository';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { UnfinishedEventsRepository } from '#domain/events/unfinished-events.repository';
import { PartnersModule } from '#domain/partners/partners.module';
import { PARTNERS } from '#domain/partners/partners.schema';
import { SECRET_USES } from '#domain/partners/secret-uses.schema';
import { CryptoModule } from '#platform/crypto/crypto.module';
import { createFastifyAdapter } from '#platform/http/fastify-adapter';
import { HttpModule } from '#platform/http/http.module';
import { JobsModule } from '#platform/jobs/jobs.module';
import { Migrator } from '#platform/mongo/migrator';
import { MongoModule } from '#platform/mongo/mongo.module';
import { RedisModule } from '#platform/redis/redis.module';
import { type Answer, call, type Call } from '../support/http';
import { type TestDatabase } from '../support/test-database';

export const ADMIN_KEY = 'admin-key-of-at-least-32-characters';
const KEYS = [{ id: 'k1', key: randomBytes(32) }];

/** What the application provides for all modules. */
const JOURNAL: Provider[] = [EventReviewRepository, UnfinishedEventsRepository];

@Global()
@Module({ providers: JOURNAL, exports: JOURNAL })
class JournalModule {}

@Module({})
class PartnersApp {}

const rootModule = ({ mongoUri: uri, dbName, redisUrl: url, queuePrefix }: TestDatabase) => ({
  module: PartnersApp,
  imports: [
    HttpModule.forRoot(),
    CryptoModule.forRoot({ keys: KEYS }),
    MongoModule.forRoot({ uri, dbName, minPoolSize: 1, maxPoolSize: 10, reviewReadPreference: 'primary' }, [
      PARTNERS,
      SECRET_USES,
      INBOUND_EVENTS,
    ]),
    RedisModule.forRoot({ url, commandTimeoutMs: 2_000 }),
    JobsModule.forRoot({ queuePrefix, enqueueTimeoutMs: 2_000, drainTimeoutMs: 500 }),
    JournalModule,
    PartnersModule.forRoot({
      defaultToleranceSeconds: 60,
      defaultBodyBytes: 262_144,
      signingSecretSet: false,
      resolveReference: (reference) => (reference.startsWith('env:') ? 'of-the-environment' : undefined),
    }),
    AccessModule.forRoot({ apiKey: ADMIN_KEY }),
    PartnersAdminModule,
    PresetsAdminModule,
    QueuesAdminModule,
  ],
});

type Ask = (method: string, path: string, options?: Call) => Promise<Answer>;

export interface AdminProcess {
  readonly nest: NestFastifyApplication;
  readonly admin: Ask;
  /** Without a key. */
  readonly anyone: Ask;
  /** Below `/v1/admin` rather than below the partners. */
  readonly root: Ask;
}

/** The partners routes of one process, on a free port. */
export async function startProcess(stores: TestDatabase): Promise<AdminProcess> {
  const adapter = createFastifyAdapter({ trustProxy: false, bodyLimitBytes: 65_536 });
  const nest = await NestFactory.create<NestFastifyApplication>(rootModule(stores), adapter, {
    bodyParser: false,
    logger: false,
  });
  await nest.get(Migrator).migrate();
  await nest.listen(0, '127.0.0.1');
  const url = `${await nest.getUrl()}/v1/admin`;
  const root: Ask = (method, path, options) => call(method, url + path, { bearer: ADMIN_KEY, ...options });
  return {
    nest,
    root,
    anyone: (method, path, options) => call(method, `${url}/partners${path}`, options),
    admin: (method, path, options) => root(method, `/partners${path}`, options),
  };
}
