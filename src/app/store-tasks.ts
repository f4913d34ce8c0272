import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type StoreTasks } from '#cli/cli-context';
import { CliError } from '#cli/cli-error';
import { type AppConfig } from '#config/app-config';
import { environmentSecrets } from '#config/environment-secrets';
import { formatFaults } from '#config/fault';
import { loadConfig } from '#config/load-config';
import { PartnerSecrets } from '#domain/partners/partner-secrets';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { reencryptSecrets } from '#domain/partners/reencrypt-secrets';
import { CryptoModule } from '#platform/crypto/crypto.module';
import { KeyRing } from '#platform/crypto/key-ring';
import { Database } from '#platform/mongo/database';
import { MongoModule } from '#platform/mongo/mongo.module';
import { Migrator } from '#platform/mongo/migrator';
import { isOutage } from '#platform/mongo/outage';
import { COLLECTIONS } from './collections';

@Module({})
class StoresModule {
  static forRoot({ mongo, encryption }: AppConfig): DynamicModule {
    return {
      module: StoresModule,
      imports: [CryptoModule.forRoot(encryption), MongoModule.forRoot(mongo, COLLECTIONS)],
    };
  }
}

/** What the command line does with the stores themselves: opened for one verb, closed after it. */
export function storeTasks(environment: NodeJS.ProcessEnv): StoreTasks {
  const within = async <T>(work: (stores: INestApplicationContext) => Promise<T>): Promise<T> => {
    const loaded = loadConfig(environment);
    if (!loaded.ok) throw new CliError(`the environment is faulty\n${formatFaults(loaded.faults)}`);
    const stores = await NestFactory.createApplicationContext(StoresModule.forRoot(loaded.config), {
      logger: false,
    });
    try {
      return await work(stores);
    } catch (error) {
      if (!isOutage(error)) throw error;
      throw new CliError(
        'MongoDB cannot be reached',
        'Set MONGO_URI to its address, or see whether it runs.',
      );
    } finally {
      await stores.close();
    }
  };
  return {
    migrate: () => within((stores) => stores.get(Migrator, { strict: false }).migrate()),
    reencryptSecrets: () =>
      within((stores) =>
        reencryptSecrets({
          repository: new PartnersRepository(stores.get(Database, { strict: false })),
          secrets: new PartnerSecrets(
            stores.get(KeyRing, { strict: false }),
            environmentSecrets(environment),
          ),
        }),
      ),
  };
}
