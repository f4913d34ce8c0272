import { type Document } from 'mongodb';
import { Database } from '#platform/mongo/database';
import { type CollectionDeclaration } from '#platform/mongo/collection-declaration';
import { Migrator } from '#platform/mongo/migrator';
import { testDatabase } from './test-database';

/** A database of this test file with the indexes of these collections. */
export async function migratedDatabase(declarations: readonly CollectionDeclaration<Document>[]) {
  const stores = testDatabase();
  const database = new Database({
    uri: stores.mongoUri,
    dbName: stores.dbName,
    minPoolSize: 1,
    maxPoolSize: 20,
    reviewReadPreference: 'primary',
  });
  await new Migrator(database, declarations).migrate();
  const close = async (): Promise<void> => {
    await database.onApplicationShutdown();
    await stores.cleanup();
  };
  return { database, close };
}
