import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '#admin/access/access.module';
import { PartnersAdminModule } from '#admin/partners/partners-admin.module';
import { PartnersModule } from '#domain/partners/partners.module';
import { PARTNERS } from '#domain/partners/partners.schema';
import { CryptoModule } from '#platform/crypto/crypto.module';
import { createFastifyAdapter } from '#platform/http/fastify-adapter';
import { HttpModule } from '#platform/http/http.module';
import { Migrator } from '#platform/mongo/migrator';
import { MongoModule } from '#platform/mongo/mongo.module';
import { type Answer, call, type Call } from '../support/http';
import { type TestDatabase } from '../support/test-database';

export const ADMIN_KEY = 'admin-key-of-at-least-32-characters';
const KEYS = [{ id: 'k1', key: randomBytes(32) }];

@Module({})
class PartnersApp {}

const rootModule = ({ mongoUri: uri, dbName }: TestDatabase) => ({
  module: PartnersApp,
  imports: [
    HttpModule.forRoot(),
    CryptoModule.forRoot({ keys: KEYS }),
    MongoModule.forRoot({ uri, dbName, minPoolSize: 1, maxPoolSize: 10, reviewReadPreference: 'primary' }, [
      PARTNERS,
    ]),
    PartnersModule.forRoot({
      defaultToleranceSeconds: 60,
      defaultBodyBytes: 262_144,
      signingSecretSet: false,
      resolveReference: (reference) => (reference.startsWith('env:') ? 'of-the-environment' : undefined),
    }),
    AccessModule.forRoot({ apiKey: ADMIN_KEY }),
    PartnersAdminModule,
  ],
});

type Ask = (method: string, path: string, options?: Call) => Promise<Answer>;

export interface AdminProcess {
  readonly nest: NestFastifyApplication;
  readonly admin: Ask;
  /** Without a key. */
  readonly anyone: Ask;
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
  const url = `${await nest.getUrl()}/v1/admin/partners`;
  const anyone: Ask = (method, path, options) => call(method, url + path, options);
  return {
    nest,
    anyone,
    admin: (method, path, options) => anyone(method, path, { bearer: ADMIN_KEY, ...options }),
  };
}
