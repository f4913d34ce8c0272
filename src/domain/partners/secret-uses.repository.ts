import { Injectable } from '@nestjs/common';
import { type Collection } from 'mongodb';
import { Database } from '#platform/mongo/database';
import { withTimeout } from '#platform/resilience/with-timeout';
import { SECRET_USES, type SecretUseRecord } from './secret-uses.schema';

export interface SecretUse {
  readonly partnerId: string;
  readonly secretId: string;
  readonly lastUsedAt: Date;
}

/** When the secrets of one partner were last used, by their ids. */
export type LastUses = ReadonlyMap<string, Date>;

const TIMEOUT_MS = 5_000;

@Injectable()
export class SecretUsesRepository {
  private readonly collection: Collection<SecretUseRecord>;

  constructor(database: Database) {
    this.collection = database.collection(SECRET_USES);
  }

  /** One write for all of them; a later use that another process wrote stays. */
  async record(uses: readonly SecretUse[]): Promise<void> {
    const operations = uses.map(({ partnerId, secretId, lastUsedAt }) => ({
      updateOne: {
        filter: { _id: { partnerId, secretId } },
        update: { $max: { lastUsedAt } },
        upsert: true,
      },
    }));
    await withTimeout(this.collection.bulkWrite(operations, { ordered: false }), TIMEOUT_MS, 'MongoDB');
  }

  /** By partner; a partner whose secrets were never used is not in it. */
  async ofPartners(partnerIds: readonly string[]): Promise<ReadonlyMap<string, LastUses>> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const found = this.collection.find({ '_id.partnerId': { $in: [...partnerIds] } }, { signal });
    const uses = new Map<string, Map<string, Date>>();
    for (const { _id, lastUsedAt } of await found.toArray()) {
      const ofPartner = uses.get(_id.partnerId) ?? new Map<string, Date>();
      uses.set(_id.partnerId, ofPartner.set(_id.secretId, lastUsedAt));
    }
    return uses;
  }

  /** A secret that comes later under the same id is another one. */
  async forget(partnerId: string, secretId?: string): Promise<void> {
    const which = { '_id.partnerId': partnerId, ...(secretId !== undefined && { '_id.secretId': secretId }) };
    await this.collection.deleteMany(which);
  }
}
