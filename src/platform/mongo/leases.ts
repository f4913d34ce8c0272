import { type Collection } from 'mongodb';
import { type Database } from './database';
import { type LeaseDocument, LEASES } from './leases.schema';
import { isDuplicateKey } from './write-errors';

/** Leases by MongoDB's clock: processes need not agree on theirs. */
export class Leases {
  private readonly collection: Collection<LeaseDocument>;

  constructor(database: Database) {
    this.collection = database.collection(LEASES);
  }

  /** Whether `holder` has the lease for the next `ms`: it was free, had run out, or was the holder's already. */
  async acquire(name: string, holder: string, ms: number): Promise<boolean> {
    const mine = { _id: name, $or: [{ holder }, { $expr: { $lte: ['$until', '$$NOW'] } }] };
    const lease = [{ $set: { holder, until: { $add: ['$$NOW', ms] } } }];
    const { matchedCount } = await this.collection.updateOne(mine, lease);
    return matchedCount === 1 || this.take(name, holder, ms);
  }

  async release(name: string, holder: string): Promise<void> {
    await this.collection.deleteOne({ _id: name, holder });
  }

  /** An upsert cannot ask for the server's clock; nobody has held this one before. */
  private async take(name: string, holder: string, ms: number): Promise<boolean> {
    try {
      await this.collection.insertOne({ _id: name, holder, until: new Date(Date.now() + ms) });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
