import { Injectable } from '@nestjs/common';
import { type Document, MongoServerError } from 'mongodb';
import { type CollectionDeclaration } from './collection-declaration';
import { Database } from './database';

const NAMESPACE_EXISTS = 48;

/** Creates the declared collections and indexes. Safe to run at any time, by any number of processes. */
@Injectable()
export class Migrator {
  constructor(
    private readonly database: Database,
    private readonly declarations: readonly CollectionDeclaration<Document>[],
  ) {}

  /** Gives the names of the collections that are now as declared. */
  async migrate(): Promise<readonly string[]> {
    for (const declaration of this.declarations) {
      await this.createCollection(declaration.name);
      if (declaration.indexes.length > 0) {
        await this.database.collection(declaration).createIndexes([...declaration.indexes]);
      }
    }
    return this.declarations.map(({ name }) => name);
  }

  private async createCollection(name: string): Promise<void> {
    try {
      await this.database.handle.createCollection(name);
    } catch (error) {
      if (!(error instanceof MongoServerError && error.code === NAMESPACE_EXISTS)) throw error;
    }
  }
}
