import { type DynamicModule, Global, Module } from '@nestjs/common';
import { type Document } from 'mongodb';
import { type CollectionDeclaration } from './collection-declaration';
import { Database } from './database';
import { Leases } from './leases';
import { Migrator } from './migrator';
import { type MongoSettings } from './mongo-settings';

@Global()
@Module({})
export class MongoModule {
  static forRoot(
    settings: MongoSettings,
    declarations: readonly CollectionDeclaration<Document>[],
  ): DynamicModule {
    const database = new Database(settings);
    return {
      module: MongoModule,
      providers: [
        { provide: Database, useFactory: () => database },
        { provide: Leases, useFactory: () => new Leases(database) },
        { provide: Migrator, useFactory: () => new Migrator(database, declarations) },
      ],
      exports: [Database, Leases, Migrator],
    };
  }
}
